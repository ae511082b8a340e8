// How fast is the same Zod schema once Zod has compiled it, where the page's policy lets it?
//
// Zod compiles no refinement with `when`, so what lies between questions comes after the schema.

import * as z from 'zod'
import { betweenQuestions } from '../rules-for-peers.mjs'
import { findingsOf, questionsSchema, startCodes } from './zod.mjs'

export function start(today) {
  const schema = z.compile(questionsSchema(), { strict: true })
  const check = (form) => {
    const findings = findingsOf(schema.safeParse(form))
    betweenQuestions(form, today, (question, message) => findings.push({ question, message }))
    return findings
  }
  return { check }
}

export { startCodes }
