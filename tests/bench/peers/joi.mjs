// How does a team write these rules in Joi?
//
// Joi judges an object as a whole only when each of its keys is right, so what lies between questions comes after the schema.

import Joi from 'joi'
import { betweenQuestions, formats, sections } from '../rules-for-peers.mjs'

function schemaOf(rule) {
  const { options, many, missing, wrong, max, tooLong, format, alsoFormat, alsoWrong } = rule
  if (options && many) return Joi.array().items(Joi.string().valid(...options)).min(1).required().messages({ '*': missing })
  if (options) return missing ? Joi.string().valid(...options).required().messages({ '*': missing }) : Joi.string().valid('', ...options).messages({ '*': wrong })
  let schema = missing ? Joi.string().trim().required() : Joi.string().trim().allow('')
  const words = {}
  if (missing) words['string.empty'] = missing
  if (max) {
    schema = schema.max(max)
    words['string.max'] = tooLong
  }
  if (format) {
    schema = schema.custom((text, { error }) => (formats[format](text) ? text : error('any.wrong')))
    words['any.wrong'] = wrong
  }
  if (alsoFormat) {
    schema = schema.custom((text, { error }) => (formats[alsoFormat](text) ? text : error('any.alsoWrong')))
    words['any.alsoWrong'] = alsoWrong
  }
  return missing || max || format ? schema.messages(words) : Joi.any()
}

const section = (name) => Joi.object(Object.fromEntries(Object.entries(sections[name]).map(([question, rule]) => [question, schemaOf(rule)])))

const options = { abortEarly: false, errors: { wrap: { label: false } } }

export function start(today) {
  const schema = Joi.object({
    journey: section('journey'),
    organisation: section('organisation'),
    contacts: Joi.object({
      applicant: section('contacts.applicant'),
      authoriser: section('contacts.authoriser'),
      dpo: section('contacts.dpo')
    }),
    pds: section('pds'),
    legal: section('legal'),
    declaration: section('declaration')
  })
  const check = (form) => {
    const { error } = schema.validate(form, options)
    const findings = error === undefined ? [] : error.details.map(({ path, message }) => ({ question: questionOf(path), message }))
    betweenQuestions(form, today, (question, message) => findings.push({ question, message }))
    return findings
  }
  return { check }
}

/** The items of a list are one question. */
const questionOf = (path) => (typeof path.at(-1) === 'number' ? path.slice(0, -1) : path).join('.')

export function startCodes(shape) {
  const schema = Joi.string().trim().uppercase().pattern(new RegExp(shape))
  return (code) => schema.validate(code).error === undefined
}
