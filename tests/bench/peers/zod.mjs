// How does a team write these rules in Zod 4?
//
// The whole form is one schema. `when` lets what lies between questions be judged although a question failed by itself.

import * as z from 'zod'
import { betweenQuestions, formats, sections } from '../rules-for-peers.mjs'

function schemaOf(rule) {
  const { options, many, missing, wrong, max, tooLong, format, alsoFormat, alsoWrong } = rule
  if (options && many) return z.array(z.enum(options, missing), missing).min(1, missing)
  if (options) return missing ? z.enum(options, missing) : z.enum(['', ...options], wrong).optional()
  let schema = z.string().trim()
  if (missing) schema = schema.min(1, missing)
  if (max) schema = schema.max(max, tooLong)
  if (format) schema = schema.refine((text) => text === '' || formats[format](text), wrong)
  if (alsoFormat) schema = schema.refine((text) => text === '' || formats[alsoFormat](text), alsoWrong)
  return missing || max || format ? schema : z.string().optional()
}

const section = (name) => z.object(Object.fromEntries(Object.entries(sections[name]).map(([question, rule]) => [question, schemaOf(rule)])))

/** What each question says by itself. */
export const questionsSchema = () =>
  z.object({
    journey: section('journey'),
    organisation: section('organisation'),
    contacts: z.object({
      applicant: section('contacts.applicant'),
      authoriser: section('contacts.authoriser'),
      dpo: section('contacts.dpo')
    }),
    pds: section('pds'),
    legal: section('legal'),
    declaration: section('declaration')
  })

/** The items of a list are one question. */
const questionOf = (path) => (typeof path.at(-1) === 'number' ? path.slice(0, -1) : path).join('.')

export const findingsOf = ({ error }) => error?.issues.map(({ path, message }) => ({ question: questionOf(path), message })) ?? []

export function start(today) {
  const schema = questionsSchema().superRefine(
    (answers, context) => betweenQuestions(answers, today, (question, message) => context.addIssue({ code: 'custom', path: question.split('.'), message })),
    { when: () => true }
  )
  return { check: (form) => findingsOf(schema.safeParse(form)) }
}

export function startCodes(shape) {
  const schema = z.string().trim().toUpperCase().regex(new RegExp(shape))
  return (code) => schema.safeParse(code).success
}
