// How is a form read when a control on it may be called `action`, `elements` or `getAttribute`? Through the prototypes.
//
// A form, and a document, show their named elements as properties of themselves, before their own. So nothing here reads a
// property off either. Looked up when called: importing this in Node touches nothing.

import { grouped } from './grouped.js'

const method =
  (type, name) =>
  (target, ...given) =>
    globalThis[type].prototype[name].apply(target, given)

const getter = (type, name) => (target) => Object.getOwnPropertyDescriptor(globalThis[type].prototype, name).get.call(target)

export const attribute = method('Element', 'getAttribute')
export const hasAttribute = method('Element', 'hasAttribute')
export const setAttribute = method('Element', 'setAttribute')
export const removeAttribute = method('Element', 'removeAttribute')
export const attributeNames = method('Element', 'getAttributeNames')
export const matches = method('Element', 'matches')
export const closest = method('Element', 'closest')
export const insertBefore = method('Element', 'before')
export const listen = method('EventTarget', 'addEventListener')
export const unlisten = method('EventTarget', 'removeEventListener')
export const dispatch = method('EventTarget', 'dispatchEvent')
export const reportValidity = method('HTMLFormElement', 'reportValidity')
export const requestSubmit = method('HTMLFormElement', 'requestSubmit')
export const contains = method('Node', 'contains')
export const rootOf = method('Node', 'getRootNode')
export const documentOf = getter('Node', 'ownerDocument')
export const parentNodeOf = getter('Node', 'parentNode')
export const childrenOf = getter('Element', 'children')
export const titleOf = getter('Document', 'title')

/** The words of an attribute that holds several, like `class`. */
export const tokensOf = (text) => (text ?? '').split(/\s+/).filter((token) => token !== '')

const nodeType = getter('Node', 'nodeType')
const formElements = getter('HTMLFormElement', 'elements')
const position = method('Node', 'compareDocumentPosition')

const TYPE_OF_NODE = { 1: 'Element', 9: 'Document', 11: 'DocumentFragment' }
const searched = (root, name, selector) => globalThis[TYPE_OF_NODE[nodeType(root)]].prototype[name].call(root, selector)

/** The first element that matches, in a document, a shadow root or an element. */
export const find = (root, selector) => searched(root, 'querySelector', selector)

// Pictures have titles too.
const XHTML = 'http://www.w3.org/1999/xhtml'

/** The element that holds the title of a page, which has one when `titleOf` gives a text. */
export const titleElementOf = (document) => findAll(document, 'title').find(({ namespaceURI }) => namespaceURI === XHTML)

/** Every element that matches. */
export const findAll = (root, selector) => [...searched(root, 'querySelectorAll', selector)]

/** The element with this id in the same document or shadow root. */
export function byId(root, id) {
  const type = TYPE_OF_NODE[nodeType(root)]
  return type === 'Element' ? find(root, `#${CSS.escape(id)}`) : globalThis[type].prototype.getElementById.call(root, id)
}

/** True for a form of this page or of a frame in it. */
export function isForm(value) {
  try {
    return formElements(value) !== undefined
  } catch {
    return false
  }
}

/** Every control that the form owns, in document order; also those outside it that name it. */
export function controlsOf(form) {
  return Array.from(formElements(form))
}

/** Sorts elements as they follow each other in the page. */
export function inDocumentOrder(one, other) {
  if (one === other) return 0
  return position(one, other) & 4 ? -1 : 1
}

/** The labels of a document or shadow root by the id that they name, for a look at many controls: to search once for each takes the square. */
export const labelsIn = (root) => grouped(findAll(root, 'label[for]'), (label) => attribute(label, 'for'))

/**
 * The labels of a control, in document order. Its own list of them is not asked: in WebKit (seen in 2.50) a process in which an entry of
 * that list was looked up by its place crashes when a later page clears it away.
 *
 * @param {Map<string, Element[]>} [known] `labelsIn` the root of the control
 */
export function labelsOf(control, known = labelsIn(rootOf(control))) {
  const naming = (control.id !== '' && known.get(control.id)) || []
  const around = control.closest('label:not([for])')
  const labels = around === null ? naming : [...naming, around].sort(inDocumentOrder)
  return labels.filter((label) => label.control === control)
}

/** The controls in which a person answers. */
export const ANSWERABLE = 'select, textarea, input:not([type="hidden" i], [type="submit" i], [type="button" i], [type="reset" i], [type="image" i])'

export const isAnswerable = (control) => matches(control, ANSWERABLE)

export const isTicked = (control) => control.localName === 'input' && (control.type === 'radio' || control.type === 'checkbox')

/** What matches of the element and all around it, the closest first. */
export function everyAround(element, selector) {
  const found = []
  for (let next = closest(element, selector); next; next = next.parentElement && closest(next.parentElement, selector)) found.push(next)
  return found
}

/** What is folded away around an element, the closest first. */
export const foldedAround = (element) => everyAround(element, 'details:not([open])')

/**
 * True while a person can answer here: enabled and shown, or something that stands for it is. What is folded away in a `details` can be
 * opened, and counts.
 */
export function isOpen(control) {
  if (control.matches(':disabled')) return false
  // A page makes everything inert behind a question of its own, and then sends the form: what stands in the way is less than the form.
  const inert = control.closest('[inert]')
  if (inert && !contains(inert, control.form)) return false
  if (isSeen(control)) return true
  // Some style sheets hide a radio and draw it at its label.
  if (isShown(control)) return labelsOf(control).some(isSeen)
  return foldedAround(control).some((folded) => isShown(folded)) || faceOf(control) !== control
}

/**
 * What a person sees and reaches of a control. Scripts of the design systems for files and for long lists hide it, and show a button or a
 * box that has taken its id and left it a longer one.
 */
export function faceOf(control) {
  const [id] = /^.+(?=-(?:input|select)$)/.exec(control.id) ?? []
  const face = id && !isShown(control) && byId(rootOf(control), id)
  const kind = { file: 'button', 'select-one': 'input' }[control.type]
  return face && face.localName === kind && isShown(face) ? face : control
}

/** The control that an element is the face of, else itself. */
export function behind(element) {
  const controls = ['input', 'select'].map((kind) => byId(rootOf(element), `${element.id}-${kind}`))
  return controls.find((control) => control !== null && faceOf(control) === element) ?? element
}

/** The controls among these that the elements are, are the faces of, or hold. */
export function controlsAt(elements, form, controls) {
  return elements.flatMap((element) => {
    const control = behind(element)
    if (controls.includes(control)) return [control]
    return element === form ? [] : controls.filter((control) => contains(element, control))
  })
}

/** True unless the element, or something around it, is not rendered. Asks for no layout where the browser can tell without. */
export const isShown = (element, how) => (element.checkVisibility ? element.checkVisibility(how) : element.getClientRects().length > 0)

/** True unless it is not rendered, or made invisible, which nobody can reach. Browsers have known the second under two names. */
const isSeen = (element) => isShown(element, { visibilityProperty: true, checkVisibilityCSS: true })
