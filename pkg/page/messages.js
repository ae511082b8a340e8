// How does a message stand at its question? As the page's design system renders it; and how does an older one go?

import { byId, contains, rootOf } from './elements.js'
import { anchorOf, baseIdOf, describedElements, groupOf, innerGroups } from './groups.js'

/** The error class of a control. */
function errorClass(control, prefix) {
  if (control.localName === 'select') return `${prefix}-select--error`
  if (control.localName === 'textarea') return `${prefix}-textarea--error`
  if (control.type === 'radio' || control.type === 'checkbox') return undefined
  return control.type === 'file' ? `${prefix}-file-upload--error` : `${prefix}-input--error`
}

/** An id that nothing in the page has yet. */
export function freeId(root, wanted) {
  let id = wanted
  for (let number = 2; byId(root, id) !== null; number += 1) id = `${wanted}-${number}`
  return id
}

/**
 * Shows one message at its question.
 *
 * @param {import('./journal.js').Journal} journal
 * @param {object} entry what to say, of which field, about which controls
 */
export function showMessage(journal, entry, { generation, words, ariaInvalid }) {
  const { field, targets } = entry
  const { prefix } = generation
  const document = field.controls[0].ownerDocument
  const message = document.createElement(generation.messageTag)
  message.className = `${prefix}-error-message`
  message.id = freeId(rootOf(field.controls[0]), `${baseIdOf(field)}-error`)
  const mark = document.createElement('span')
  mark.className = generation.hidden
  mark.textContent = words.error
  const text = document.createTextNode(entry.text)
  message.append(mark, text)
  if (entry.lang) message.lang = entry.lang
  journal.insert(message, anchorOf(field))

  for (const element of describedElements(field, targets)) journal.tokens(element, 'aria-describedby', [message.id])
  const { group } = groupOf(field)
  const inner = field.parts && generation.marksParts ? innerGroups(targets, group) : []
  for (const marked of [group, ...inner]) if (marked !== null) journal.tokens(marked, 'class', [`${prefix}-form-group--error`])
  for (const control of targets) {
    const name = errorClass(control, prefix)
    if (name) journal.tokens(control, 'class', [name])
    if (ariaInvalid) journal.attribute(control, 'aria-invalid', 'true')
  }
}

/** Takes away what the server said of a question that is judged here now. */
export function retireMessages(journal, field, prefix) {
  const { fieldset, group } = groupOf(field)
  const around = fieldset ?? group ?? anchorOf(field).parentElement
  const anchor = anchorOf(field)
  const messages = around === null ? [] : [...around.querySelectorAll(`.${CSS.escape(prefix)}-error-message`)]
  // Empty ones are places that another script keeps; those of a question in a reveal are its own.
  const own = messages.filter((message) => /\S/.test(message.textContent) && stands(message, anchor, around))
  for (const message of own) {
    if (message.id !== '') for (const element of describedElements(field, field.controls)) journal.tokens(element, 'aria-describedby', [], [message.id])
    journal.remove(message)
  }
  for (const control of field.controls) {
    const name = errorClass(control, prefix)
    if (name) journal.tokens(control, 'class', [], [name])
  }
  const inner = field.parts ? innerGroups(field.controls, group) : []
  for (const marked of [group, ...inner]) if (marked !== null) journal.tokens(marked, 'class', [], [`${prefix}-form-group--error`])
}

/** True when the message stands before the controls, on the way from the group to them. */
function stands(message, anchor, around) {
  for (let element = anchor; element !== null; element = element.parentElement) {
    for (let before = element.previousElementSibling; before !== null; before = before.previousElementSibling) {
      if (before === message || (contains(before, message) && before.querySelector('input, select, textarea') === null)) return true
    }
    if (element === around) return false
  }
  return false
}
