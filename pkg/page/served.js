// Which controls does a server's error speak of, when it names them by a selector or by their own name?

import { controlsAt, controlsOf, findAll, isAnswerable, isTicked, rootOf } from './elements.js'
import { fieldAround } from './fields.js'

/** A field for controls that are no mapped question's; `undefined` when nothing is found. */
export function adHocField(form, { question, selector }, fields) {
  const controls = controlsOf(form).filter(isAnswerable)
  const found = selector === undefined ? named(controls, question) : selected(form, controls, selector)
  if (found.length === 0) return undefined
  const known = fields.find((field) => found.every((control) => field.controls.includes(control)))
  return known ?? fieldAround(question ?? found[0].name, found, controls)
}

const named = (controls, question) => (question ? controls.filter(({ name }) => name === question) : [])

function selected(form, controls, selector) {
  let elements
  try {
    elements = findAll(rootOf(form), selector)
  } catch {
    return []
  }
  const found = controlsAt(elements, form, controls)
  const [first] = found
  // One radio stands for its group.
  if (found.length === 1 && isTicked(first) && first.name !== '') return controls.filter(({ name, type }) => name === first.name && type === first.type)
  return found
}
