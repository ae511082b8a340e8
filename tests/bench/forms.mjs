// Which forms are checked: what a page sends of a submission, good, empty and with mistakes.

import { readFile, readdir } from 'node:fs/promises'
import { sections } from './rules-for-peers.mjs'

export const today = '2026-11-22'

const folder = new URL('../submissions/', import.meta.url)

/** The submissions of the worked examples, by file name. */
export async function submissions() {
  const found = {}
  for (const name of (await readdir(folder)).sort()) {
    found[name.slice(0, 6)] = JSON.parse(await readFile(new URL(name, folder), 'utf8')).submission
  }
  return found
}

const asText = (answer) => (answer === true ? 'yes' : answer === false || answer === null || answer === undefined ? '' : String(answer))

// Options of questions whose own row in the table of rules has none, because other answers decide about them.
const chosenElsewhere = new Set(['pds.storage_location', 'pds.dsa_status', 'legal.service_relationship'])

/** Every question of the rules, with what it is answered by: a text, one of some buttons, or a tick. */
export function questions() {
  return Object.entries(sections).flatMap(([section, rows]) =>
    Object.entries(rows).map(([name, { options, many }]) => {
      const question = `${section}.${name}`
      const kind = many ? 'boxes' : section === 'declaration' && options ? 'tick' : options || chosenElsewhere.has(question) ? 'choice' : 'text'
      return { question, kind, options }
    })
  )
}

/** The questions of the rules as a page sends them: every text box, blank or not; of buttons and boxes only what was chosen. */
export function asSent(submission) {
  const form = {}
  for (const [section, questions] of Object.entries(sections)) {
    let here = form
    let there = submission
    for (const key of section.split('.')) {
      here = here[key] ??= {}
      there = there?.[key]
    }
    for (const [name, { options, many }] of Object.entries(questions)) {
      const answer = there?.[name]
      if (many) here[name] = (answer ?? []).map(asText)
      else if (!options && !chosenElsewhere.has(`${section}.${name}`)) here[name] = asText(answer)
      else if (asText(answer) !== '') here[name] = asText(answer)
    }
  }
  return form
}

/** A copy in which these answers are others. */
export function changed(form, answers) {
  const copy = structuredClone(form)
  for (const [question, answer] of Object.entries(answers)) {
    const keys = question.split('.')
    const last = keys.pop()
    const place = keys.reduce((there, key) => there[key], copy)
    if (answer === undefined) delete place[last]
    else place[last] = answer
  }
  return copy
}

/** The forms that are timed. Those with mistakes have the same findings under all our rules as under those of the libraries. */
export async function timed() {
  const whole = (await submissions())['dev-02']
  const valid = { ...asSent(whole), journey: { language: 'en', applicant_type: 'end_user_organisation' } }
  const twelve = changed(valid, {
    'organisation.postcode': 'PE39',
    'organisation.telephone': '960033',
    'organisation.ico_number': 'C1999888',
    'organisation.privacy_notice_url': 'www.example.com',
    'contacts.applicant.email': 'nobody',
    'contacts.dpo.email': '',
    'pds.use_case': 'short',
    'pds.monthly_lookups': 'many',
    'pds.update_reason': '',
    'legal.article_6': 'z',
    'declaration.date': '2026-06-31',
    'declaration.agreed': undefined
  })
  const empty = { ...asSent({}), journey: { applicant_type: 'end_user_organisation' } }
  return { whole, forms: { 'whole form, no finding': valid, 'whole form, 12 findings': twelve, 'whole form, empty': empty } }
}
