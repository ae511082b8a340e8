// How does a message stand at its question? As the page's design system renders it; and how does an older one go?

import { byId, isForm, rootOf, tokensOf } from './elements.js'
import { baseIdOf, describedElements, innerGroups } from './groups.js'

/** The error class of a control. */
function errorClass(control, prefix) {
  // What stands for a file.
  if (control.localName === 'button') return undefined
  if (control.localName === 'select') return `${prefix}-select--error`
  if (control.localName === 'textarea') return `${prefix}-textarea--error`
  if (control.type === 'radio' || control.type === 'checkbox') return undefined
  // NHS.UK has none for a file.
  if (control.type === 'file') return prefix === 'nhsuk' ? undefined : `${prefix}-file-upload--error`
  return `${prefix}-input--error`
}

/** Gives ids that nothing in the page has yet. Where thousands would have the same one, each looks on from the last. */
export function freeIds(root) {
  const last = new Map()
  return (wanted) => {
    for (let number = last.get(wanted) ?? 1; ; number += 1) {
      const id = number > 1 ? `${wanted}-${number}` : wanted
      if (byId(root, id) !== null) continue
      last.set(wanted, number)
      return id
    }
  }
}

/**
 * Shows one message at its question.
 *
 * @param {import('./journal.js').Journal} journal
 * @param {object} entry what to say, of which field, about which controls
 */
export function showMessage(journal, entry, { generation, words, ariaInvalid, freeId }) {
  const { field, targets } = entry
  const { prefix } = generation
  const document = field.controls[0].ownerDocument
  const message = document.createElement(generation.messageTag)
  message.className = `${prefix}-error-message`
  message.id = freeId(`${baseIdOf(field)}-error`)
  const mark = document.createElement('span')
  mark.className = generation.hidden
  // GOV.UK has the space outside.
  const inside = prefix === 'govuk' ? words.error.trimEnd() : words.error
  mark.textContent = inside
  message.append(mark, words.error.slice(inside.length) + entry.text)
  if (entry.lang) message.lang = entry.lang
  journal.insert(message, field.place.anchor)

  for (const element of describedElements(field, targets)) journal.tokens(element, 'aria-describedby', [message.id])
  const { group } = field.place
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
  const { fieldset, group, anchor } = field.place
  const name = `${prefix}-error-message`
  for (const message of new Set([...messagesAbove(anchor, fieldset ?? group, name), ...messagesNamed(field, name)])) {
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

/** The messages that describe a question, wherever they stand: some templates have them below the control. */
function messagesNamed(field, name) {
  return describedElements(field, field.controls).flatMap((element) =>
    tokensOf(element.getAttribute('aria-describedby'))
      .map((id) => byId(rootOf(element), id))
      .filter((message) => message !== null && message.classList.contains(name) && /\S/.test(message.textContent))
  )
}

/** The messages between the start of a question's group and its controls. Empty ones are places that another script keeps. */
function messagesAbove(anchor, edge, name) {
  const messages = []
  for (let element = anchor; element !== null && element !== edge && !isForm(element); element = element.parentElement) {
    for (let before = element.previousElementSibling; before !== null; before = before.previousElementSibling) {
      // What stands above other controls speaks of those.
      if (before.matches('input:not([type="hidden" i]), select, textarea') || before.querySelector('input, select, textarea') !== null) break
      for (const message of [before, ...before.querySelectorAll(`.${CSS.escape(name)}`)]) {
        if (message.classList.contains(name) && /\S/.test(message.textContent)) messages.push(message)
      }
    }
    if (edge === null) break
  }
  return messages
}
