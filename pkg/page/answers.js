// What has a person answered to a question? Names and texts as the rules read them; nothing typed is changed.

import { isTicked } from './elements.js'

// What a number or date box holds when a browser could not read what was typed: not blank, and nothing that can be read.
const UNREADABLE = '?'

/**
 * The answer in pairs of names and texts; `undefined` while nothing can be answered there.
 *
 * @returns {[string, string][] | undefined}
 */
export function answerOf(field) {
  const open = field.open()
  if (open.length === 0) return undefined
  const { question, spec } = field
  if (field.parts) {
    return Object.entries(field.parts).flatMap(([part, control]) => (open.includes(control) ? [[`${question}.${part}`, textsOf(control, spec).join(' ')]] : []))
  }
  const texts = open.flatMap((control) => textsOf(control, spec))
  return (texts.length > 0 ? texts : ['']).map((text) => [question, text])
}

/** What a value of this page stands for in the rules. */
export const meaning = (text, { values = {} }) => (Object.hasOwn(values, text) ? values[text] : text)

function textsOf(control, spec) {
  return rawTexts(control).map((text) => (spec.emptyValues?.includes(text) ? '' : meaning(text, spec)))
}

function rawTexts(control) {
  if (isTicked(control)) return control.checked ? [control.value] : []
  // What is disabled is shown, like "Please choose", and never sent.
  if (control.localName === 'select') return [...control.selectedOptions].filter((option) => !option.matches(':disabled')).map((option) => option.value)
  if (control.value === '' && control.validity?.badInput) return [UNREADABLE]
  return [control.value]
}

/** What the controls hold, to see later whether it has changed. Never leaves the page. */
export const stateOf = (field) => JSON.stringify(field.controls.map((control) => (isTicked(control) ? control.checked : [rawTexts(control), filesOf(control)])))

/** A file has a made-up path for a value: another of the same name is another answer. */
const filesOf = ({ files }) => Array.from(files ?? [], ({ size, lastModified }) => [size, lastModified])
