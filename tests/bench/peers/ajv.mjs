// How does a team use the function that Ajv compiled? It gives no words, so they are looked up, and knows no other answer, so that comes after.

import { form as validate, code as validateCode } from 'compiled-by-ajv'
import { betweenQuestions, sections } from '../rules-for-peers.mjs'

const rules = new Map(
  Object.entries(sections).flatMap(([section, questions]) => Object.entries(questions).map(([name, rule]) => [`${section}.${name}`, rule]))
)

function findingOf({ instancePath, keyword, params }) {
  const path = instancePath.slice(1).split('/')
  if (keyword === 'required') path.push(params.missingProperty)
  let question = path.join('.')
  // The items of a list are one question.
  if (!rules.has(question)) question = path.slice(0, -1).join('.')
  const rule = rules.get(question)
  if (keyword === 'maxLength') return { question, message: rule.tooLong }
  if (keyword === 'format') return { question, message: params.format === rule.format ? rule.wrong : rule.alsoWrong }
  return { question, message: rule.missing ?? rule.wrong }
}

export function start(today) {
  const check = (form) => {
    const findings = validate(form) ? [] : validate.errors.map(findingOf)
    betweenQuestions(form, today, (question, message) => findings.push({ question, message }))
    return findings
  }
  return { check }
}

export const startCodes = () => (code) => validateCode(code.trim().toUpperCase())
