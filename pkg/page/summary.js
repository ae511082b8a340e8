// Where do all errors of a page stand together? In one summary and one title, however many components there are.

import { byId, childrenOf, closest, contains, documentOf, find, findAll, inDocumentOrder, isShown, labelsOf, matches, rootOf, setTitle, titleOf } from './elements.js'
import { Journal } from './journal.js'
import { freeId } from './messages.js'
import { ERROR_PREFIXES } from './words.js'

const summaries = new WeakMap()
const titles = new WeakMap()

/** The summary of the document or shadow root that the form is in. */
export function summaryOf(form) {
  const root = rootOf(form)
  if (!summaries.has(root)) summaries.set(root, new Summary(root, documentOf(form)))
  return summaries.get(root)
}

const HIDING = ['nhsuk-u-visually-hidden', 'govuk-visually-hidden', 'visually-hidden', 'sr-only', 'nhsuk-u-hidden', 'govuk-!-display-none', 'hidden', 'd-none', 'validation-summary-valid']

class Summary {
  #root
  #document
  /** What each component has to say, with how it is shown. */
  #parts = new Map()
  /** What a server said and has been put right, by the component that judged it. */
  #retired = new Map()
  #shown = new Journal()
  #box

  constructor(root, document) {
    this.#root = root
    this.#document = document
  }

  /**
   * Shows what a component has to say, in one list with what others have.
   *
   * @param {object} component
   * @param {{ entries: object[], form: Element, generation: object, words: object, place?: Element, judged: Set<Element> }} part
   */
  show(component, part) {
    this.#shown.undo()
    this.#parts.set(component, part)
    this.#retire(component, part)
    this.#render()
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
  #existing(prefix, place) {
    const name = `.${CSS.escape(prefix)}-error-summary`
    if (place) return place.matches(name) ? place : place.querySelector(name)
    return find(this.#root, name)
  }

  #retire(component, { generation, place, judged }) {
    const box = this.#existing(generation.prefix, place)
    if (box === null) return
    if (!this.#retired.has(component)) this.#retired.set(component, new Journal())
    for (const { item, target } of this.#items(box)) if (target !== null && judged.has(target)) this.#retired.get(component).remove(item)
  }

  /** The entries of a server, each with the control that its link leads to. */
  #items(box) {
    return [...box.querySelectorAll('li')].map((item) => {
      const id = decoded(item.querySelector('a[href]')?.hash.slice(1) ?? '')
      const element = id === '' ? null : byId(this.#root, id)
      const target = element?.matches('input, select, textarea') ? element : element?.querySelector('input, select, textarea') ?? null
      return { item, target }
    })
  }

  #render() {
    this.#box = undefined
    const parts = [...this.#parts.values()]
    const entries = parts.flatMap(({ entries, form }) => entries.map((entry) => ({ ...entry, form }))).sort(byPlace)
    const part = parts.find(({ entries }) => entries.length > 0) ?? parts[0]
    if (part === undefined) return
    const box = this.#existing(part.generation.prefix, part.place)
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
    const alert = this.#element('div')
    alert.setAttribute('role', 'alert')
    const heading = this.#element('h2', generation.heading.map((name) => `${prefix}-error-summary__${name}`).join(' '))
    heading.textContent = words.problem
    const body = this.#element('div', `${prefix}-error-summary__body`)
    body.append(this.#element('ul', `${prefix === 'nhsuk' ? 'nhsuk-list ' : 'govuk-list '}${prefix}-error-summary__list`))
    alert.append(heading, body)
    box.append(alert)
    box.tabIndex = -1
    if (place) {
      place.prepend(box)
      this.#shown.did(() => box.remove())
    } else {
      const { anchor, inside } = placeFor(this.#root, form, prefix)
      if (anchor) this.#shown.insert(box, anchor)
      else this.#shown.append(box, inside)
    }
    return box
  }

  #element(name, className) {
    const element = this.#document.createElement(name)
    if (className) element.className = className
    return element
  }

  /** The box of the page, shown; `undefined` where it stands in something that is hidden itself. */
  #opened(box) {
    this.#shown.attribute(box, 'hidden', null)
    this.#shown.tokens(box, 'class', [], HIDING)
    if (!box.hasAttribute('tabindex')) this.#shown.attribute(box, 'tabindex', '-1')
    if (isShown(box)) return box
    this.#shown.undo()
    return undefined
  }

  #fill(entries, kept, { generation }) {
    const box = this.#box
    let list = box.querySelector('ul')
    if (list === null) {
      list = this.#element('ul', `${generation.prefix === 'nhsuk' ? 'nhsuk-list ' : 'govuk-list '}${generation.prefix}-error-summary__list`)
      this.#shown.append(list, box.querySelector(`.${CSS.escape(generation.prefix)}-error-summary__body`) ?? box)
    }
    const ofServer = kept.filter(({ item }) => item.parentElement === list)
    const items = []
    for (const entry of entries) {
      const item = this.#item(entry)
      items.push(item)
      const after = ofServer.find(({ target }) => target !== null && entry.targets[0] && inDocumentOrder(entry.targets[0], target) < 0)
      if (after) this.#shown.insert(item, after.item)
      else this.#shown.append(item, list)
    }
    space(items)
  }

  #item({ text, lang, targets }) {
    const item = this.#element('li')
    const [target] = targets
    const words = target ? this.#element('a') : item
    words.textContent = text
    if (lang) words.lang = lang
    if (target) {
      if (target.id === '') this.#shown.attribute(target, 'id', freeId(this.#root, 'ncrs-field'))
      words.setAttribute('href', `#${encodeURIComponent(target.id)}`)
      words.addEventListener('click', (event) => {
        event.preventDefault()
        goTo(target)
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
      if (ERROR_PREFIXES.some((prefix) => title.startsWith(prefix))) return
      setTitle(document, words.error + title)
      holders.set('prefix', words.error)
    }
    holders.set(this, true)
    this.#shown.did(() => {
      holders.delete(this)
      const prefix = holders.get('prefix')
      if (holders.size > 1 || prefix === undefined) return
      holders.clear()
      const title = titleOf(document)
      if (title.startsWith(prefix)) setTitle(document, title.slice(prefix.length))
    })
  }

  /** The prefix of a server whose errors have all been put right. */
  #withoutPrefix() {
    const title = titleOf(this.#document)
    const prefix = this.#hasRetired && ERROR_PREFIXES.find((prefix) => title.startsWith(prefix))
    if (!prefix) return
    setTitle(this.#document, title.slice(prefix.length))
    this.#shown.did(() => {
      if (titleOf(this.#document) === title.slice(prefix.length)) setTitle(this.#document, title)
    })
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
  // What is behind a dialog cannot be reached.
  const main = closest(form, 'dialog, [role="dialog"], main, [role="main"]') ?? find(root, 'main, [role="main"]')
  const scope = main ?? root
  const heading = findAll(scope, 'h1').find((h1) => h1.closest('label, legend, fieldset, template') === null && !isInsideGroup(h1, prefix))
  if (heading) return { anchor: heading }
  if (main === null) return { anchor: form }
  return topOf(main, form)
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
