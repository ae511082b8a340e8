// How does a team write these rules in Valibot?

import * as v from 'valibot'
import { betweenQuestions, formats, sections } from '../rules-for-peers.mjs'

function schemaOf(rule) {
  const { options, many, missing, wrong, max, tooLong, format, alsoFormat, alsoWrong } = rule
  if (options && many) return v.optional(v.pipe(v.array(v.picklist(options, missing), missing), v.minLength(1, missing)), [])
  // A key that is absent has no words of its own, so it reads as blank.
  if (options) return missing ? v.optional(v.picklist(options, missing), '') : v.optional(v.picklist(['', ...options], wrong))
  const steps = [v.string(), v.trim()]
  if (missing) steps.push(v.nonEmpty(missing))
  if (max) steps.push(v.maxLength(max, tooLong))
  if (format) steps.push(v.check((text) => text === '' || formats[format](text), wrong))
  if (alsoFormat) steps.push(v.check((text) => text === '' || formats[alsoFormat](text), alsoWrong))
  return steps.length > 2 ? v.pipe(...steps) : v.optional(v.string())
}

const section = (name) => v.object(Object.fromEntries(Object.entries(sections[name]).map(([question, rule]) => [question, schemaOf(rule)])))

function formSchema(today) {
  return v.pipe(
    v.object({
      journey: section('journey'),
      organisation: section('organisation'),
      contacts: v.object({
        applicant: section('contacts.applicant'),
        authoriser: section('contacts.authoriser'),
        dpo: section('contacts.dpo')
      }),
      pds: section('pds'),
      legal: section('legal'),
      declaration: section('declaration')
    }),
    v.rawCheck(({ dataset, addIssue }) =>
      betweenQuestions(dataset.value, today, (question, message) => {
        addIssue({ message, path: question.split('.').map((key) => ({ type: 'object', origin: 'value', input: {}, key, value: undefined })) })
      })
    )
  )
}

/** The items of a list are one question. */
function questionOf(path) {
  const keys = path.map(({ key }) => key)
  return (typeof keys.at(-1) === 'number' ? keys.slice(0, -1) : keys).join('.')
}

export function start(today) {
  const schema = formSchema(today)
  const check = (form) => {
    const { issues = [] } = v.safeParse(schema, form)
    return issues.map(({ path, message }) => ({ question: questionOf(path), message }))
  }
  return { check }
}

export function startCodes(shape) {
  const schema = v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(new RegExp(shape)))
  return (code) => v.safeParse(schema, code).success
}
