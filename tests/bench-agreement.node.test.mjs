// Do the libraries of the bench find what we find, in our words? A comparison of times is honest only between equals.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { check, init, rules } from 'ncrs-form-check/core'
import { bundlePeers, peers } from './bench/bundle.mjs'
import { started } from './bench/contestants.mjs'
import { asSent, changed, questions, submissions, timed, today } from './bench/forms.mjs'
import { heldByPeers, peerProfile } from './bench/profile.mjs'

let libraries
let profile
let shape
before(async () => {
  await init()
  profile = peerProfile(rules())
  const bundled = await bundlePeers()
  shape = bundled.shape
  libraries = {}
  for (const name of Object.keys(peers)) libraries[name] = await started(await import(`${bundled.folder}${name}.mjs`), today, { shape })
})

/** What was said of what, in one order, each once. */
const said = (findings) => [...new Set(findings.map(({ question, message }) => `${question}: ${message}`))].sort()

const heard = new Set()

function assertAgreement(form, what) {
  const { findings } = check('pds-access', form, { today, profile })
  for (const { rule } of findings) heard.add(rule)
  const ours = said(findings)
  for (const [name, library] of Object.entries(libraries)) {
    const theirs = said(library.check(form))
    // Comparing texts first makes ten thousand forms a matter of seconds.
    if (theirs.join() !== ours.join()) assert.deepEqual(theirs, ours, `${name}, ${what}`)
  }
  return ours
}

/** What people write: right, nearly right and wrong, for whichever question. */
const written = [
  '', '   ', 'x', 'LS1 4AP', 'ls14ap', 'LS1 4A', 'LS1-4AP', '0113 496 0124', '+44 (0)113 496 0124 ext 12', '00441134960124', '113 496 0124', 'ZA123456', 'z999 002x', 'C1999888',
  'ZA12345', '1-123456789', '1-12345', '01234567', '1234567', '0', '00000000', 'SC123456', 'XX123456', 'SL12345A', '1234567-12', 'SC012345', 'NIC123456',
  'https://www.example.com/privacy?a=1#b', 'http://www.example.com', 'https://example', 'https://a_b.example.com', 'https://me@example.com', 'https://example.com:8080',
  'name@example.com', 'name@example', 'a..b@example.com', "o'neil+ncrs@nhs.net", 'name@example.1', '.a@example.com', 'a@-b.example.com', '1', '12', '1,200', '12 000', '24.5', '-1',
  '1e3', '1234567890', '4750001', 'DARS-NIC-123456-A1B2C', 'nic 123456 a1b2c v1.2', 'DARS-123456', '20/CAG/0001', '20/CAG/001', 'PIAG 4-05(b)/2003', 'ECC 2-03(c)/2012', 'PIAG',
  '2026-11-22', '2026-11-23', '2026-05-23', '2026-05-22', '22/11/2026', '31.6.2026', '2026-13-01', '29 2 2024', '29 2 2023', '0999-01-01', 'today',
  ...[49, 50, 255, 256, 2000, 2001].map((length) => 'x'.repeat(length))
]
const all = questions()

/** What buttons and boxes send: a value of their own, one that nobody offers, or nothing. */
function answersTo({ kind, options = ['yes', 'no', 'uk', 'eea', 'outside', 'have_dsa', 'will_sign', 'none'] }) {
  if (kind === 'text') return written
  if (kind === 'tick') return [undefined, 'yes']
  const values = [...options, 'fax']
  return kind === 'boxes' ? [[], ...values.flatMap((value) => [[value], ['ncrs', value]])] : [undefined, '', ...values]
}

/** A source of chance that gives the same numbers in every run. */
function chance(seed) {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

test('every library says of every worked example what we say', async () => {
  for (const [name, submission] of Object.entries(await submissions())) assertAgreement(asSent(submission), name)
})

test('every library says of every single changed answer what we say', async () => {
  const examples = await submissions()
  for (const base of ['dev-02', 'dev-11']) {
    const form = asSent(examples[base])
    for (const question of all) {
      for (const answer of answersTo(question)) {
        const what = `${base} with ${question.question} ${JSON.stringify(answer)}`
        assertAgreement(changed(form, { [question.question]: answer }), what)
      }
    }
  }
})

test('every library says of forms with many changed answers what we say', async () => {
  const forms = Object.values(await submissions()).map(asSent)
  const pick = chance(20_261_122)
  for (let round = 0; round < 3_000; round += 1) {
    const answers = {}
    for (let left = 1 + pick(12); left > 0; left -= 1) {
      const question = all[pick(all.length)]
      // Most answers are one of the question's own options, or other answers would hardly ever come to matter.
      const values = question.kind === 'choice' && question.options && pick(4) > 0 ? question.options : answersTo(question)
      answers[question.question] = values[pick(values.length)]
    }
    const what = `round ${round}: ${JSON.stringify(answers)}`
    assertAgreement(changed(forms[pick(forms.length)], answers), what)
  }
})

test('every library says of answers that belong together what we say', async () => {
  const form = asSent((await submissions())['dev-02'])
  const { applicant } = form.contacts
  assertAgreement(changed(form, { 'contacts.authoriser.email': ` ${applicant.email.toUpperCase()}` }), 'one address twice')
  assertAgreement(changed(form, { 'organisation.part_of_larger_organisation': 'yes', 'organisation.parent_ods_code': 'r9k ' }), 'its own parent')
  for (const basis of ['section_251', 'legal_duty']) {
    for (const reference of written) {
      const answers = { 'legal.confidentiality_basis': basis, 'legal.cag_reference': reference }
      assertAgreement(changed(form, answers), JSON.stringify(answers))
    }
  }
  for (const reference of written) {
    assertAgreement(changed(form, { 'pds.dsa_status': 'have_dsa', 'pds.dsa_reference': reference }), reference)
  }
})

test('every rule that the libraries hold has spoken', () => {
  const held = heldByPeers(rules())
  assert.deepEqual(held.filter((id) => !heard.has(id)), [])
  assert.ok(held.length > 75, `${held.length} rules`)
})

test('the forms that are timed have as many findings as their names say, with all our rules or with those of the libraries', async () => {
  const { forms } = await timed()
  const counts = Object.values(forms).map((form) => {
    const everything = said(check('pds-access', form, { today }).findings)
    const { journey: { language }, ...rest } = form
    assert.deepEqual(assertAgreement({ ...rest, journey: { language } }, 'a timed form'), everything)
    return everything.length
  })
  assert.deepEqual(counts, [0, 12, 32])
})

test('the shape of ODS codes that the libraries look for lets plausible codes pass and impossible ones not', () => {
  for (const [name, { code }] of Object.entries(libraries)) {
    for (const plausible of ['A81001', 'rxk52 ', 'R9K', 'FA123', 'X26']) assert.equal(code(plausible), true, `${name}: ${plausible}`)
    for (const impossible of ['LS1 4AP', 'A8', '1-123456789', '']) assert.equal(code(impossible), false, `${name}: ${impossible}`)
  }
})
