// Where do all errors of a page stand together? In one summary and one title, however many components there are.

import { behind, byId, childrenOf, closest, contains, documentOf, find, findAll, foldedAround, inDocumentOrder, isOpen, isShown, labelsOf, matches, rootOf, titleElementOf, titleOf } from './elements.js'
import { Journal } from './journal.js'
import { freeIds } from './messages.js'
import { ERROR_PREFIXES } from './words.js'

const DIALOG = 'dialog, [role="dialog"]'
const MAIN = 'main, [role="main"]'

const summaries = new WeakMap()
// Whose errors the title of a document speaks of, and the way back.
const titles = new WeakMap()

/** The dialog that an element is in. What is behind a dialog cannot be reached from it, and what is in one not from outside. */
const dialogAround = (element) => closest(element, DIALOG)

/** The summary of the document or shadow root that the form is in, or of its dialog. */
export function summaryFor(form) {
  const root = rootOf(form)
  const dialog = dialogAround(form)
  const scope = dialog ?? root
  if (!summaries.has(scope)) summaries.set(scope, summaryOf(root, dialog, documentOf(form)))
  return summaries.get(scope)
}

const HIDING = ['nhsuk-u-visually-hidden', 'govuk-visually-hidden', 'visually-hidden', 'sr-only', 'nhsuk-u-hidden', 'govuk-!-display-none', 'hidden', 'd-none', 'validation-summary-valid']

function summaryOf(root, dialog, document) {
  // What the component of each form has to say, with how it is shown.
  const parts = new Map()
  // What a server said and has been put right, by the form in which it was.
  const retired = new Map()
  const shown = new Journal()
  let box

  const hasRetired = () => [...retired.values()].some((journal) => !journal.isEmpty)

  /** A summary that the page brought. */
  function broughtFor({ generation: { prefix }, place, form }) {
    const name = `.${CSS.escape(prefix)}-error-summary`
    if (place) return place.matches(name) ? place : place.querySelector(name)
    const isOfOther = (found) => ![null, form].includes(closest(found, 'form'))
    return findAll(root, name).find((found) => dialogAround(found) === dialog && !isOfOther(found))
  }

  /** The entries of a server, each with the control that its link leads to. */
  function itemsOf(brought) {
    const isControl = 'input, select, textarea'
    return [...(brought?.querySelectorAll('li') ?? [])].map((item) => {
      const id = decoded(item.querySelector('a[href]')?.hash.slice(1) ?? '')
      const element = id && byId(root, id)
      // Some lead to the message, and the control says that the message describes it.
      const named = element ? [element, find(root, `[aria-describedby~="${CSS.escape(id)}"]`)] : []
      const targets = named.flatMap((found) => found ?? []).map(behind).map((found) => (found.matches(isControl) ? found : found.querySelector(isControl)))
      return { item, target: targets.find((found) => found) }
    })
  }

  /** @param {object} [leading] the part of the component that shows something now */
  function render(leading) {
    box = undefined
    // A form that a script has replaced takes its errors with it.
    for (const form of parts.keys()) {
      if (rootOf(form) === root) continue
      parts.delete(form)
      retired.delete(form)
    }
    // Of other forms only what can be reached now, which is nothing in a step or a dialog that is closed.
    const isReached = ({ targets }) => targets.length === 0 || targets.some((target) => isOpen(target))
    const saying = [...parts.values()].map((part) => ({ part, said: part === leading ? part.entries : part.entries.filter(isReached) }))
    const entries = saying.flatMap(({ part: { form }, said }) => said.map((entry) => ({ ...entry, form }))).sort(byPlace)
    const part = leading?.entries.length > 0 ? leading : (saying.find(({ said }) => said.length > 0)?.part ?? leading ?? saying[0]?.part)
    if (part === undefined) return
    const brought = broughtFor(part)
    const kept = itemsOf(brought)
    if (entries.length > 0) {
      box = brought && isRevealed(brought) ? brought : build(part)
      fill(entries, box === brought ? kept : [], part)
      retitle(part)
    } else if (kept.length === 0 && hasRetired()) {
      // What a server brought has nothing left to say.
      if (brought) shown.remove(brought)
      withoutPrefix()
    }
  }

  function build(part) {
    const { form, generation: { prefix }, place } = part
    const built = element('div', `${prefix}-error-summary`, alertOf(part))
    built.tabIndex = -1
    if (place) {
      shown.append(built, place, 'prepend')
      if (isShown(built)) return built
      // A page may keep its place hidden while there is nothing in it.
      unhide(place)
      if (isShown(built)) return built
      shown.undo()
    }
    const { anchor, inside } = placeFor(root, form, prefix)
    if (anchor) shown.insert(built, anchor)
    else shown.append(built, inside)
    return built
  }

  /** What a summary holds: the part that screen readers announce, with the heading and the list. */
  function alertOf({ generation: { prefix, heading }, words }) {
    const name = `${prefix}-error-summary__`
    const alert = element('div', '', element('h2', heading.map((part) => name + part).join(' '), words.problem), element('div', `${name}body`, listFor(prefix)))
    alert.setAttribute('role', 'alert')
    return alert
  }

  const listFor = (prefix) => element('ul', `${prefix === 'nhsuk' ? prefix : 'govuk'}-list ${prefix}-error-summary__list`)

  function element(name, className, ...content) {
    const made = document.createElement(name)
    if (className) made.className = className
    made.append(...content)
    return made
  }

  /** Shows the box of the page; false where it stands in something that is hidden itself. */
  function isRevealed(brought) {
    unhide(brought)
    if (!brought.hasAttribute('tabindex')) shown.attribute(brought, 'tabindex', '-1')
    if (isShown(brought)) return true
    shown.undo()
    return false
  }

  function unhide(hidden) {
    shown.attribute(hidden, 'hidden', null)
    shown.tokens(hidden, 'class', [], HIDING)
  }

  function fill(entries, kept, part) {
    const { prefix } = part.generation
    // Some pages bring a box with nothing in it.
    if (box.firstElementChild === null) shown.append(alertOf(part), box)
    let list = box.querySelector('ul')
    if (list === null) {
      list = listFor(prefix)
      shown.append(list, box.querySelector(`.${CSS.escape(prefix)}-error-summary__body`) ?? box)
    }
    const ofServer = kept.filter(({ item }) => item.parentElement === list)
    const freeId = freeIds(root)
    space(
      entries.map((entry) => {
        const item = itemFor(entry, freeId)
        const [first] = entry.targets
        const after = ofServer.find(({ target }) => target && first && inDocumentOrder(first, target) < 0)
        if (after) shown.insert(item, after.item)
        else shown.append(item, list)
        return item
      })
    )
  }

  function itemFor({ text, lang, targets: [target] }, freeId) {
    const words = element(target ? 'a' : 'li', '', text)
    if (lang) words.lang = lang
    if (!target) return words
    if (target.id === '') shown.attribute(target, 'id', freeId('ncrs-field'))
    words.setAttribute('href', `#${encodeURIComponent(target.id)}`)
    words.addEventListener('click', (event) => {
      // A script has replaced the control: the browser finds what has its id now.
      if (!target.isConnected) return
      event.preventDefault()
      goTo(target)
      // A design system's own script would move on to the first element of that id.
      if (byId(root, target.id) !== target) event.stopPropagation()
    })
    return element('li', '', words)
  }

  /** Says in the title that there are errors, once for all that have some. */
  function retitle({ words: { error } }) {
    if (!titles.has(document)) {
      const title = titleOf(document)
      // Nothing to stand before: a page without a title is called by its address.
      if (title === '' || prefixOf(title)) return
      const undo = retitled(document, error + title)
      titles.set(document, { holders: new Set(), undo: () => undo((now) => (now.startsWith(error) ? now.slice(error.length) : now)) })
    }
    const { holders, undo } = titles.get(document)
    holders.add(shown)
    shown.did(() => {
      holders.delete(shown)
      if (holders.size > 0) return
      titles.delete(document)
      undo()
    })
  }

  /** Takes away the prefix of a server whose errors have all been put right. */
  function withoutPrefix() {
    const title = titleOf(document)
    const prefix = prefixOf(title)
    if (!prefix) return
    const undo = retitled(document, title.slice(prefix.length))
    shown.did(() => undo((now) => now))
  }

  return {
    /**
     * Shows what a component has to say, in one list with what others have.
     *
     * @param {{ entries: object[], form: Element, generation: object, words: object, place?: Element }} part
     */
    show(part) {
      const { entries, form } = part
      shown.undo()
      parts.set(form, part)
      render(part)
      // What has nothing to say is not kept, nor the form with it.
      if (entries.length === 0 && (retired.get(form)?.isEmpty ?? true)) parts.delete(form)
    },

    /** Takes away what a server said of controls that are judged here now. Before their own messages go, which entries may lead to. */
    retire(part) {
      shown.undo()
      const brought = broughtFor(part)
      if (!brought) return
      const { form, judged } = part
      if (!retired.has(form)) retired.set(form, new Journal())
      for (const { item, target } of itemsOf(brought)) if (judged.has(target)) retired.get(form).remove(item)
    },

    /** Takes back everything that was shown or taken away for a component. */
    drop(form) {
      if (!parts.has(form) && !retired.has(form)) return
      shown.undo()
      parts.delete(form)
      retired.get(form)?.undo()
      retired.delete(form)
      render()
    },

    /** False once somebody else has undone what is shown here. */
    holds: () => shown.holds(),

    hasFocus: () => box !== undefined && box.contains(box.getRootNode().activeElement),

    focus: () => box?.focus()
  }
}

const prefixOf = (title) => ERROR_PREFIXES.find((prefix) => title.startsWith(prefix))

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
function space(items) {
  const above = (item) => item.getBoundingClientRect().top
  const [first, second] = items
  if (!second || above(second) - above(first) >= LEAST_PITCH) return
  for (const item of items) item.append(item.ownerDocument.createElement('br'), item.ownerDocument.createElement('br'))
}

/** What names no control comes first. Within one form the order is known already. */
function byPlace(one, other) {
  const [first] = one.targets
  const [second] = other.targets
  if (!first || !second) return (first ? 1 : 0) - (second ? 1 : 0)
  return one.form === other.form ? one.field.rank - other.field.rank : inDocumentOrder(first, second)
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
  const main = closest(form, `${DIALOG}, ${MAIN}`) ?? find(root, MAIN)
  const isQuestion = `label, legend, fieldset, template, .${CSS.escape(prefix)}-form-group`
  const heading = findAll(main ?? root, 'h1').find((h1) => isShown(h1) && dialogAround(h1) === dialogAround(form) && h1.closest(isQuestion) === null)
  if (heading) {
    // A caption above a heading is read with it.
    const above = heading.previousElementSibling
    return { anchor: above?.matches('[class*="caption"]') ? above : heading }
  }
  return main === null ? { anchor: form } : columnTop(main, form)
}

/** The top of `main`, or of the column that is all there is in it. */
function columnTop(inside, form) {
  const [anchor, ...others] = [...childrenOf(inside)].filter((child) => !matches(child, ABOVE))
  const isColumn = anchor?.localName === 'div' && others.length === 0 && contains(anchor, form)
  return isColumn ? columnTop(anchor, form) : { anchor, inside }
}

/** Brings the question of a control into view and moves the focus to it, as the design systems do. */
function goTo(target) {
  for (const folded of foldedAround(target)) folded.open = true
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
