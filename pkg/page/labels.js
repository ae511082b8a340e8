// What does the page call a question? Its legend or label, in the words that a message can use.

import { meaning } from './answers.js'
import { byId, everyAround, faceOf, labelsOf, rootOf, tokensOf } from './elements.js'
import { precedingLabel } from './groups.js'

const NOT_WORDS = 'select, option, textarea, button, input, small, script, style, svg, abbr[title="required"], [aria-hidden="true"], [class*="caption"], [class*="hint"], [class*="error-message"]'

/** The text of an element without its controls and hints. */
function wordsOf(element) {
  if (!element) return ''
  let words = ''
  for (const node of element.childNodes) {
    if (node.nodeType === 3) words += node.data
    else if (node.nodeType === 1 && !node.matches(NOT_WORDS)) words += ` ${wordsOf(node)} `
  }
  return words
}

const tidied = (words) =>
  words
    .replace(/\s+/g, ' ')
    .replace(/^[\s*]+|[\s:*.]+$/g, '')
    .replace(/\s*\((?:optional|required|dewisol|gofynnol)\)$/i, '')
    .replace(/[\s:*.]+$/, '')

const texts = (element) => tidied(wordsOf(element))

const ofAttribute = (element, name) => tidied(element.getAttribute(name) ?? '')

/** The name that an element has for screen readers by itself. */
const ownName = (element) =>
  tidied(
    tokensOf(element.getAttribute('aria-labelledby'))
      .map((id) => wordsOf(byId(rootOf(element), id)))
      .join(' ')
  ) || ofAttribute(element, 'aria-label')

/** Words of which nothing can be seen are none. */
const isSeen = (words) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(words)

/** The words for a field whose page gave none in the configuration. */
export function labelOf(field, words) {
  const label = field.isGroup ? ofGroup(field) : ofControl(field.controls[0], field.look)
  if (!isSeen(label)) return field.question
  // "Enter who are you?" is no sentence; "Enter your answer to “Who are you?”" is.
  return label.endsWith('?') ? words.answerTo(label) : label
}

function ofGroup(field) {
  const [first, second] = field.controls
  const named = first.closest('[role="group"], [role="radiogroup"]')
  return (
    texts(field.place.fieldset?.querySelector('legend')) || (named && ownName(named)) || texts(precedingLabel(field)) || (second ? '' : ofControl(first, field.look))
  )
}

function ofControl(control, look) {
  const face = faceOf(control)
  // The name of what stands for it speaks of what was chosen, too.
  const labelled = () => labelsOf(face, look.labels()).map(texts).find((words) => words !== '')
  return (face === control && ownName(control)) || labelled() || ofAttribute(control, 'title') || ofAttribute(control, 'placeholder')
}

/** The words at the radio or checkbox with this value, for messages that name it. */
export function wordsOfOption(field, value) {
  const wanted = meaning(value, field.spec)
  const box = field.controls.find((control) => meaning(control.value, field.spec) === wanted)
  const words = box ? ofControl(box, field.look) : ''
  return isSeen(words) ? words : undefined
}

/** What tells the rows of a list apart: the legend around a row. */
export function legendOfRow(field) {
  const own = field.isGroup ? field.place.fieldset : undefined
  const row = everyAround(field.controls[0], 'fieldset').find((set) => set !== own)
  return texts(row?.querySelector('legend'))
}
