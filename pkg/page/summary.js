// Where do all errors of a page stand together? In one summary and one title, however many components there are.

import { behind, byId, childrenOf, closest, contains, documentOf, find, findAll, inDocumentOrder, isOpen, isShown, labelsOf, matches, rootOf, titleElementOf, titleOf } from './elements.js'
import { Journal } from './journal.js'
import { freeIds } from './messages.js'
import { ERROR_PREFIXES } from './words.js'

const summaries = new WeakMap()
const titles = new WeakMap()

/** The dialog that an element is in. What is behind a dialog cannot be reached from it, and what is in one not from outside. */
const dialogAround = (element) => closest(element, 'dialog, [role="dialog"]')

/** The summary of the document or shadow root that the form is in, or of its dialog. */
export function summaryOf(form) {
  const root = rootOf(form)
  const dialog = dialogAround(form)
  const scope = dialog ?? root
  if (!summaries.has(scope)) summaries.set(scope, new Summary(root, dialog, documentOf(form)))
  return summaries.get(scope)
}

const HIDING = ['nhsuk-u-visually-hidden', 'govuk-visually-hidden', 'visually-hidden', 'sr-only', 'nhsuk-u-hidden', 'govuk-!-display-none', 'hidden', 'd-none', 'validation-summary-valid']

class Summary {
  #root
  #dialog
  #document
  /** What each component has to say, with how it is shown. */
  #parts = new Map()
  /** What a server said and has been put right, by the component that judged it. */
  #retired = new Map()
  #shown = new Journal()
  #box

  constructor(root, dialog, document) {
    this.#root = root
    this.#dialog = dialog
    this.#document = document
  }

  /**
   * Shows what a component has to say, in one list with what others have.
   *
   * @param {object} component
   * @param {{ entries: object[], form: Element, generation: object, words: object, place?: Element }} part
   */
  show(component, part) {
    this.#shown.undo()
    this.#parts.set(component, part)
    this.#render(part)
    // What has nothing to say is not kept, nor the form with it.
    if (part.entries.length === 0 && (this.#retired.get(component)?.isEmpty ?? true)) this.#parts.delete(component)
  }

  /** False once somebody else has undone what is shown here. */
  holds() {
    return this.#shown.holds()
  }

  get hasFocus() {
    return this.#box !== undefined && this.#box.contains(this.#box.getRootNode().activeElement)
  }

  /** Takes back everything that was shown or taken away for a component. */
  drop(component) {
    if (!this.#parts.has(component) && !this.#retired.has(component)) return
    this.#shown.undo()
    this.#parts.delete(component)
    this.#retired.get(component)?.undo()
    this.#retired.delete(component)
    this.#render()
  }

  focus() {
    this.#box?.focus()
  }

  /** A summary that the page brought. */
  #existing({ generation: { prefix }, place, form }) {
    const name = `.${CSS.escape(prefix)}-error-summary`
    if (place) return place.matches(name) ? place : place.querySelector(name)
    const isOfOther = (box) => ![null, form].includes(closest(box, 'form'))
    return findAll(this.#root, name).find((box) => dialogAround(box) === this.#dialog && !isOfOther(box)) ?? null
  }

  /** Takes away what a server said of controls that are judged here now. Before their own messages go, which entries may lead to. */
  retire(component, part) {
    this.#shown.undo()
    const box = this.#existing(part)
    if (box === null) return
    if (!this.#retired.has(component)) this.#retired.set(component, new Journal())
    for (const { item, target } of this.#items(box)) if (target !== null && part.judged.has(target)) this.#retired.get(component).remove(item)
  }

  /** The entries of a server, each with the control that its link leads to. */
  #items(box) {
    const isControl = 'input, select, textarea'
    return [...box.querySelectorAll('li')].map((item) => {
      const id = decoded(item.querySelector('a[href]')?.hash.slice(1) ?? '')
      const element = id === '' ? null : byId(this.#root, id)
      if (element === null) return { item, target: null }
      // Some lead to the message, and the control says that the message describes it.
      const named = [element, find(this.#root, `[aria-describedby~="${CSS.escape(id)}"]`)].filter((found) => found !== null)
      const targets = named.map(behind).map((found) => (found.matches(isControl) ? found : found.querySelector(isControl)))
      return { item, target: targets.find((found) => found !== null) ?? null }
    })
  }

  /** @param {object} [leading] the part of the component that shows something now */
  #render(leading) {
    this.#box = undefined
    // A form that a script has replaced takes its errors with it.
    for (const [component, { form }] of this.#parts) {
      if (rootOf(form) === this.#root) continue
      this.#parts.delete(component)
      this.#retired.delete(component)
    }
    const parts = [...this.#parts.values()]
    // Of other forms only what can be reached now, which is nothing in a step or a dialog that is closed.
    const shown = (part) => (part === leading ? part.entries : part.entries.filter(({ targets }) => targets.length === 0 || targets.some((target) => isOpen(target))))
    const entries = parts.flatMap((part) => shown(part).map((entry) => ({ ...entry, form: part.form }))).sort(byPlace)
    const part = leading?.entries.length > 0 ? leading : (parts.find((part) => shown(part).length > 0) ?? leading ?? parts[0])
    if (part === undefined) return
    const box = this.#existing(part)
    const kept = box === null ? [] : this.#items(box)
    if (entries.length === 0 && kept.length === 0) {
      // What a server brought has nothing left to say.
      if (box !== null && this.#hasRetired) this.#shown.remove(box)
      this.#title(part, false)
      return
    }
    if (entries.length === 0) return
    this.#box = (box !== null && this.#opened(box)) || this.#build(part)
    this.#fill(entries, this.#box === box ? kept : [], part)
    this.#title(part, true)
  }

  get #hasRetired() {
    return [...this.#retired.values()].some((journal) => !journal.isEmpty)
  }

  #build({ form, generation, words, place }) {
    const { prefix } = generation
    const box = this.#element('div', `${prefix}-error-summary`)
    box.append(this.#alert({ generation, words }))
    box.tabIndex = -1
    if (place) {
      this.#shown.prepend(box, place)
      if (isShown(box)) return box
      // A page may keep its place hidden while there is nothing in it.
      this.#unhide(place)
      if (isShown(box)) return box
      this.#shown.undo()
    }
    const { anchor, inside } = placeFor(this.#root, form, prefix)
    if (anchor) this.#shown.insert(box, anchor)
    else this.#shown.append(box, inside)
    return box
  }

  /** What a summary holds: the part that screen readers announce, with the heading and the list. */
  #alert({ generation, words }) {
    const { prefix } = generation
    const alert = this.#element('div')
    alert.setAttribute('role', 'alert')
    const heading = this.#element('h2', generation.heading.map((name) => `${prefix}-error-summary__${name}`).join(' '))
    heading.textContent = words.problem
    const body = this.#element('div', `${prefix}-error-summary__body`)
    body.append(this.#list(prefix))
    alert.append(heading, body)
    return alert
  }

  #list(prefix) {
    return this.#element('ul', `${prefix === 'nhsuk' ? 'nhsuk' : 'govuk'}-list ${prefix}-error-summary__list`)
  }

  #element(name, className) {
    const element = this.#document.createElement(name)
    if (className) element.className = className
    return element
  }

  /** The box of the page, shown; `undefined` where it stands in something that is hidden itself. */
  #opened(box) {
    this.#unhide(box)
    if (!box.hasAttribute('tabindex')) this.#shown.attribute(box, 'tabindex', '-1')
    if (isShown(box)) return box
    this.#shown.undo()
    return undefined
  }

  #unhide(element) {
    this.#shown.attribute(element, 'hidden', null)
    this.#shown.tokens(element, 'class', [], HIDING)
  }

  #fill(entries, kept, { generation, words }) {
    const box = this.#box
    // Some pages bring a box with nothing in it.
    if (box.firstElementChild === null) this.#shown.append(this.#alert({ generation, words }), box)
    let list = box.querySelector('ul')
    if (list === null) {
      list = this.#list(generation.prefix)
      this.#shown.append(list, box.querySelector(`.${CSS.escape(generation.prefix)}-error-summary__body`) ?? box)
    }
    const ofServer = kept.filter(({ item }) => item.parentElement === list)
    const items = []
    const freeId = freeIds(this.#root)
    for (const entry of entries) {
      const item = this.#item(entry, freeId)
      items.push(item)
      const after = ofServer.find(({ target }) => target !== null && entry.targets[0] && inDocumentOrder(entry.targets[0], target) < 0)
      if (after) this.#shown.insert(item, after.item)
      else this.#shown.append(item, list)
    }
    space(items)
  }

  #item({ text, lang, targets }, freeId) {
    const item = this.#element('li')
    const [target] = targets
    const words = target ? this.#element('a') : item
    words.textContent = text
    if (lang) words.lang = lang
    if (target) {
      if (target.id === '') this.#shown.attribute(target, 'id', freeId('ncrs-field'))
      words.setAttribute('href', `#${encodeURIComponent(target.id)}`)
      words.addEventListener('click', (event) => {
        // A script has replaced the control: the browser finds what has its id now.
        if (!target.isConnected) return
        event.preventDefault()
        goTo(target)
        // A design system's own script would move on to the first element of that id.
        if (byId(this.#root, target.id) !== target) event.stopPropagation()
      })
      item.append(words)
    }
    return item
  }

  #title({ words }, hasErrors) {
    const document = this.#document
    if (!titles.has(document)) titles.set(document, new Map())
    const holders = titles.get(document)
    if (!hasErrors) {
      this.#withoutPrefix()
      return
    }
    if (holders.size === 0) {
      const title = titleOf(document)
      // Nothing to stand before: a page without a title is called by its address.
      if (title === '' || ERROR_PREFIXES.some((prefix) => title.startsWith(prefix))) return
      const undo = retitled(document, words.error + title)
      holders.set('undo', () => undo((now) => (now.startsWith(words.error) ? now.slice(words.error.length) : now)))
    }
    holders.set(this, true)
    this.#shown.did(() => {
      holders.delete(this)
      const undo = holders.get('undo')
      if (holders.size > 1 || undo === undefined) return
      holders.clear()
      undo()
    })
  }

  /** The prefix of a server whose errors have all been put right. */
  #withoutPrefix() {
    const title = titleOf(this.#document)
    const prefix = this.#hasRetired && ERROR_PREFIXES.find((prefix) => title.startsWith(prefix))
    if (!prefix) return
    const undo = retitled(this.#document, title.slice(prefix.length))
    this.#shown.did(() => undo((now) => now))
  }
}

/**
 * Gives the page another title.
 *
 * @returns {(otherwise: (title: string) => string) => void} the way back: to the letter, or what to make of a title that somebody has set since
 */
function retitled(document, title) {
  const element = titleElementOf(document)
  const before = element.textContent
  element.textContent = title
  return (otherwise) => {
    const now = titleOf(document)
    if (now === title && titleElementOf(document) === element) element.textContent = before
    else if (otherwise(now) !== now) titleElementOf(document).textContent = otherwise(now)
  }
}

// WCAG 2.5.8: the least distance between two things to press.
const LEAST_PITCH = 24

/** Keeps the entries apart where no style sheet does. */
function space([first, second, ...others]) {
  if (!second || second.getBoundingClientRect().top - first.getBoundingClientRect().top >= LEAST_PITCH) return
  for (const item of [first, second, ...others]) item.append(item.ownerDocument.createElement('br'), item.ownerDocument.createElement('br'))
}

/** What names no control comes first. Within one form the order is known already. */
function byPlace(one, other) {
  if (!one.targets[0] || !other.targets[0]) return (one.targets[0] ? 1 : 0) - (other.targets[0] ? 1 : 0)
  return one.form === other.form ? one.field.rank - other.field.rank : inDocumentOrder(one.targets[0], other.targets[0])
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const ABOVE = '[class*="back-link"], [class*="breadcrumb"], [class*="skip-link"]'

/** Where a summary goes: in `main`, after a back link or breadcrumb, before the first heading. */
function placeFor(root, form, prefix) {
  const main = closest(form, 'dialog, [role="dialog"], main, [role="main"]') ?? find(root, 'main, [role="main"]')
  const scope = main ?? root
  const heading = findAll(scope, 'h1').find((h1) => isShown(h1) && dialogAround(h1) === dialogAround(form) && h1.closest('label, legend, fieldset, template') === null && !isInsideGroup(h1, prefix))
  if (heading) return { anchor: withCaption(heading) }
  if (main === null) return { anchor: form }
  return topOf(main, form)
}

/** A heading, or the caption that stands above it and is read with it. */
function withCaption(heading) {
  const above = heading.previousElementSibling
  return above?.matches('[class*="caption"]') ? above : heading
}

const isInsideGroup = (element, prefix) => element.closest(`.${CSS.escape(prefix)}-form-group`) !== null

/** The top of `main`, or of the column that is all there is in it. */
function topOf(main, form) {
  let inside = main
  for (;;) {
    const children = [...childrenOf(inside)].filter((child) => !matches(child, ABOVE))
    const [only] = children
    if (children.length !== 1 || only.localName !== 'div' || !contains(only, form)) {
      return children.length > 0 ? { anchor: children[0] } : { inside }
    }
    inside = only
  }
}

/** Brings the question of a control into view and moves the focus to it, as the design systems do. */
function goTo(target) {
  for (let folded = target.closest('details:not([open])'); folded !== null; folded = target.closest('details:not([open])')) folded.open = true
  questionOf(target)?.scrollIntoView()
  target.focus({ preventScroll: true })
}

function questionOf(target) {
  const legend = target.closest('fieldset')?.querySelector('legend')
  if (legend) {
    if (target.type === 'radio' || target.type === 'checkbox') return legend
    // A legend far above would leave the control off the screen.
    const { top, height } = target.getBoundingClientRect()
    const { innerHeight } = target.ownerDocument.defaultView
    if (height > 0 && innerHeight > 0 && top + height - legend.getBoundingClientRect().top < innerHeight / 2) return legend
  }
  return labelsOf(target)[0] ?? target
}
