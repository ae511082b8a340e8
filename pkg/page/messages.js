// How does a message stand at its question? As the page's design system renders it; and how does an older one go?

import { byId, isForm, isTicked, rootOf, tokensOf } from './elements.js'
import { baseIdOf, describedElements, groupsOf } from './groups.js'

/** The error class of a control, if it has one: what stands for a file has none, nor has NHS.UK one for a file. */
function errorClasses(control, prefix) {
  const { localName, type } = control
  const isFile = type === 'file'
  if (localName === 'button' || isTicked(control) || (isFile && prefix === 'nhsuk')) return []
  return [`${prefix}-${isFile ? 'file-upload' : localName}--error`]
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

/** Changes the words of attributes that say at a question that it has an error: what describes it, its groups and its controls. */
function changeMarks(field, targets, id, { prefix, withParts }, change) {
  if (id !== '') for (const element of describedElements(field, targets)) change(element, 'aria-describedby', [id])
  for (const group of groupsOf(field, targets, withParts)) change(group, 'class', [`${prefix}-form-group--error`])
  for (const control of targets) change(control, 'class', errorClasses(control, prefix))
}

/**
 * Shows one message at its question.
 *
 * @param {import('./journal.js').Journal} journal
 * @param {object} entry what to say, of which field, about which controls
 */
export function showMessage(journal, { field, targets, text, lang }, { generation, words, ariaInvalid, freeId }) {
  const { prefix } = generation
  const document = field.controls[0].ownerDocument
  const message = document.createElement(generation.messageTag)
  message.className = `${prefix}-error-message`
  message.id = freeId(`${baseIdOf(field)}-error`)
  const mark = document.createElement('span')
  mark.className = generation.hidden
  // GOV.UK has the space outside.
  const inside = prefix === 'govuk' ? words.error.trimEnd() : words.error
  mark.append(inside)
  message.append(mark, words.error.slice(inside.length) + text)
  if (lang) message.lang = lang
  journal.insert(message, field.place.anchor)
  changeMarks(field, targets, message.id, { prefix, withParts: generation.marksParts }, (...change) => journal.tokens(...change))
  if (ariaInvalid) for (const control of targets) journal.attribute(control, 'aria-invalid', 'true')
}

/** Takes away what the server said of a question that is judged here now. */
export function retireMessages(journal, field, prefix) {
  const name = `${prefix}-error-message`
  const takeOut = (element, attribute, tokens) => journal.tokens(element, attribute, [], tokens)
  const clear = (id) => changeMarks(field, field.controls, id, { prefix, withParts: true }, takeOut)
  for (const message of new Set([...messagesAbove(field.place, name), ...messagesNamed(field, name)])) {
    clear(message.id)
    journal.remove(message)
  }
  clear('')
}

/** Whether an element says something. Empty ones are places that another script keeps. */
const isMessage = (element, name) => element.classList.contains(name) && /\S/.test(element.textContent)

/** The messages that describe a question, wherever they stand: some templates have them below the control. */
function messagesNamed(field, name) {
  return describedElements(field, field.controls).flatMap((element) =>
    tokensOf(element.getAttribute('aria-describedby'))
      .map((id) => byId(rootOf(element), id))
      .filter((message) => message && isMessage(message, name))
  )
}

/** The messages between the start of a question's group and its controls. */
function messagesAbove({ fieldset, group, anchor }, name) {
  const edge = fieldset ?? group
  const messages = []
  for (let element = anchor; element !== null && element !== edge && !isForm(element); element = element.parentElement) {
    for (let before = element.previousElementSibling; before !== null; before = before.previousElementSibling) {
      // What stands above other controls speaks of those.
      if (before.matches('input:not([type="hidden" i]), select, textarea') || before.querySelector('input, select, textarea')) break
      for (const message of [before, ...before.querySelectorAll(`.${CSS.escape(name)}`)]) if (isMessage(message, name)) messages.push(message)
    }
    if (edge === null) break
  }
  return messages
}
