// Where does a question stand in the page: what is its group, and before what does its message go?

import { ANSWERABLE, contains, documentOf, faceOf, isAnswerable, isForm } from './elements.js'

const FORM_GROUP = '[class*="form-group"]'
const REVEAL = '[class*="__conditional"]'
const LIST = /(^|\s)\S*-(radios|checkboxes|date-input)(\s|$)/
const WRAPPER = /(^|\s)\S*?(input|select|search)(__|-)wrapper(\s|$)/
const EDGES = new Set(['td', 'th', 'li', 'dd', 'p', 'fieldset', 'main', 'body', 'html'])

const isFormGroup = (element) => /(^|\s|-)form-group(\s|$)/.test(element.getAttribute('class') ?? '')

/** The smallest element around all controls of a question. */
function around(controls) {
  let element = controls[0].parentElement
  while (element !== null && !controls.every((control) => contains(element, control))) element = element.parentElement
  return element
}

/** The closest form group around all controls, but never one that a conditional reveal stands in. */
function formGroup(controls) {
  for (let element = around(controls); element !== null && !isForm(element); element = element.parentElement) {
    if (isFormGroup(element)) return element
    if (element.matches(REVEAL)) return null
  }
  return null
}

const firstAnswerable = (element) => element.querySelector(ANSWERABLE)

/** True when the fieldset is that of this question, not of a whole section. */
function isOwn(fieldset, controls, group) {
  if (!controls.every((control) => contains(fieldset, control))) return false
  // A question that stands in a group of its own inside the fieldset has no legend there.
  if (group !== null && group !== fieldset && contains(fieldset, group)) return false
  return controls.includes(firstAnswerable(fieldset))
}

/**
 * The fieldset and the form group of a question, where it has them, and the node before which its message goes.
 *
 * @returns {{ fieldset: Element | null, group: Element | null, anchor: Element }}
 */
export function placeOf(field) {
  const own = formGroup(field.controls)
  const closest = field.isGroup ? field.controls[0].closest('fieldset') : null
  const fieldset = closest !== null && isOwn(closest, field.controls, own) ? closest : null
  const group = fieldset === null ? own : (formGroup([fieldset]) ?? (isFormGroup(fieldset) ? fieldset : own))
  return { fieldset, group, anchor: anchorOf(field, fieldset ?? group) }
}

const hasText = (node) => node.nodeType === 3 ? /\S/.test(node.data) : node.nodeType === 1 && (/\S/.test(node.textContent) || node.querySelector('legend, label') !== null)

/** True when something to read stands before this node in its parent. */
function hasWordsBefore(node) {
  for (let before = node.previousSibling; before !== null; before = before.previousSibling) if (hasText(before)) return true
  return false
}

/** The child of `ancestor` in which the node is. */
function branch(ancestor, node) {
  let child = node
  while (child.parentElement !== ancestor) child = child.parentElement
  return child
}

/** True when the element holds a control of another question. */
function holdsOthers(element, controls) {
  if (!controls.includes(firstAnswerable(element))) return true
  // What follows is near, if there is any; the whole element may be long.
  const walker = documentOf(element).createTreeWalker(element, 1)
  walker.currentNode = controls.at(-1)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (isAnswerable(node)) return true
  return false
}

/** The node before which the message of a question goes: after the hints above it, and never inside a label. */
function anchorOf(field, edge) {
  const own = [...field.controls, ...field.controls.map(faceOf)]
  const first = faceOf(field.controls[0])
  const stops = (element) => element === null || element === edge || isForm(element)

  let anchor = first
  if (field.isGroup) {
    for (let element = first.parentElement; !stops(element); element = element.parentElement) {
      if (LIST.test(element.className) && field.controls.every((control) => contains(element, control))) return element
    }
    const common = field.controls.length > 1 ? around(field.controls) : first
    anchor = common
    if (common !== first && (stops(common) || EDGES.has(common.localName) || hasWordsBefore(branch(common, first)))) anchor = branch(common, first)
  }
  for (let parent = anchor.parentElement; !stops(parent); parent = anchor.parentElement) {
    const isLabel = parent.localName === 'label'
    if (!isLabel && !WRAPPER.test(parent.className)) {
      if (EDGES.has(parent.localName) || parent.matches(REVEAL) || holdsOthers(parent, own) || hasWordsBefore(anchor)) break
      // A box that only groups things is no wrapper of this control.
      if (/-(grid|width|main|card|details|panel|inset)/.test(parent.className)) break
    }
    anchor = parent
  }
  return anchor
}

/** A label or heading that stands before a group and is no control's own. */
export function precedingLabel(field) {
  for (let node = field.place.anchor.previousElementSibling; node !== null; node = node.previousElementSibling) {
    // What follows another question is not this one's.
    if (isAnswerable(node)) return null
    if (node.localName === 'legend' || (node.localName === 'label' && (node.control === null || field.controls.includes(node.control)))) return node
  }
  return null
}

/** The elements that a screen reader takes the description from: the fieldset of a group, else its controls. */
export function describedElements(field, targets) {
  const { fieldset } = field.place
  if (fieldset !== null) return [fieldset]
  if (field.parts) return targets
  // Radios are entered as one; of checkboxes each is entered by itself.
  const [first] = field.controls
  return first.type === 'radio' ? [first] : field.controls.map(faceOf)
}

/** The form group of a question, and those inside it around single parts of a date. */
export function groupsOf({ parts, place: { group } }, targets, withParts) {
  if (group === null) return []
  const inner = parts && withParts ? targets.map((target) => target.closest(FORM_GROUP)) : []
  return [group, ...inner.filter((each) => each !== group && contains(group, each))]
}

/** What a message's id is made from: the id of the group, as the design systems do. */
export function baseIdOf(field) {
  const { anchor } = field.place
  const id = (field.parts && anchor.id) || faceOf(field.controls[0]).id || anchor.id || `ncrs-${field.question.replace(/[^\w-]+/g, '-')}`
  // An attribute that names ids takes one with a space for two.
  return id.replace(/\s+/g, '-')
}
