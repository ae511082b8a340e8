// Do the rules for standard forms say what all of them say, whichever speaks, in both builds?

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import * as whole from 'ncrs-form-check/core'
import { parse } from 'smol-toml'
// Only the component on a page loads them, so the package exports them to nobody.
import * as binary from '../pkg/load-standard.js'
import { rules as scripts } from '../pkg/scripts.js'
import { optionsOf, rowsOf, tables } from './vectors/decisions.mjs'
import { refusesHosts, sameAsWhole } from './vectors/standard.mjs'

const read = (name) => readFile(new URL(name, import.meta.url), 'utf8')

before(async () => {
  await whole.init()
  await binary.init({ module: await readFile(new URL('../pkg/wasm/ncrs_form_check_standard.wasm', import.meta.url)) })
  await builds['without WebAssembly'].init()
})

const builds = { 'with WebAssembly': binary, 'without WebAssembly': scripts.standard }

const today = '2026-11-22'

/** The calls of every case of tests/rules, as tests/rules.rs makes them: each rule fired, and missed by one answer. */
async function callsOfCases() {
  const bases = parse(await read('./rules/bases.toml'))
  const files = (await readdir(new URL('./rules/', import.meta.url))).filter((name) => name.endsWith('.toml') && name !== 'bases.toml')
  const formsOf = new Map(whole.rules().map(({ id, forms }) => [id, forms]))
  const textOf = (answer) => (typeof answer === 'string' ? answer : answer.repeat.repeat(answer.times))
  const pairs = (given) => Object.entries(given).flatMap(([name, answer]) => [answer].flat().map((one) => [name, textOf(one)]))
  const calls = []
  for (const file of files) {
    for (const { rule, form, base = 'end_user', options, answers, not_when: near } of parse(await read(`./rules/${file}`)).case) {
      for (const each of form ? [form] : formsOf.get(rule)) {
        for (const change of [{}, ...near]) {
          calls.push({ form: each, answers: pairs({ ...bases[base], ...answers, ...change }), options: { today, ...options } })
        }
      }
    }
  }
  return calls
}

/** The calls of every row of the tables of codes, of which a form asks one, or one and its parent's, or one for the DSPT. */
async function callsOfCodes() {
  const calls = []
  for (const name of tables) {
    for (const row of rowsOf(await read(`./ods/${name}`))) {
      const { box, organisationType, parent } = optionsOf(row)
      const text = JSON.parse(row.input)
      const answers = Object.entries({
        'organisation.ods_code': text,
        'organisation.type': organisationType ?? '',
        'organisation.part_of_larger_organisation': 'yes',
        'organisation.parent_ods_code': parent ?? '',
        'dspt.published': 'yes',
        'dspt.ods_code': text
      })
      for (const form of box === 'dspt' ? ['dspt-declaration', 'ncrs-onboarding'] : ['ods-code', 'pds-access']) calls.push({ form, answers, options: { today, suggestions: true } })
    }
  }
  return calls
}

for (const [build, standard] of Object.entries(builds)) {
  test(`of every case of every rule, of every worked report, of every code of the tables and of every odd text, ${build}`, async () => {
    const strings = JSON.parse(await read('./hostile/blns.json'))
    const names = ['organisation.ods_code', 'organisation.name', 'contacts.applicant.email', 'pds.use_case', 'declaration.date', 'ra.users[0].name', 'legal.article_6', '']
    const odd = strings.flatMap((text) => [
      { form: 'ncrs-onboarding', answers: names.map((name) => [name, text]), options: { today, suggestions: true } },
      { form: 'pds-access', answers: [[text, text], [`ra.users[${text}].name`, 'x'], [`${text}.day`, '1']], options: { today, asked: ['organisation.ods_code'], only: ['organisation.ods_code'] } }
    ])
    const calls = [...(await callsOfCases()), ...(await callsOfCodes()), ...JSON.parse(await read('./golden/reports.json')), ...odd]
    const { checked, failures, rules } = sameAsWhole(standard, whole, calls)
    assert.equal(failures.length, 0, `${failures.length} of ${checked}:\n${failures.slice(0, 10).join('\n')}`)
    assert.ok(checked > 4_000, `${checked} calls`)
    // Every rule spoke somewhere, but for a blank code, which is no answer of a form, and what is only told of a host's own fields.
    const silent = whole.rules().filter(({ id, status }) => status === 'current' && !rules.includes(id))
    const numbers = ['001', '005', '006', '007', '008', '009', '010', '011', '013', '015', '016', '017', '018', '019']
    assert.deepEqual(silent.map(({ id }) => id), ['ODS-001', ...numbers.map((number) => `ANS-${number}`)])
  })

  test(`of a call that makes no sense, ${build}`, () => {
    const calls = [
      { form: 'x', answers: [], options: { today } },
      { form: 'ods-code', answers: [], options: { today: 'tomorrow' } },
      { form: 'ods-code', answers: [], options: { today, policy: 'x' } },
      { form: 'ods-code', answers: [], options: { today, asked: ['x'] } },
      { form: 'ods-code', answers: [], options: { today, only: ['organisation.name'] } }
    ]
    const { failures } = sameAsWhole(standard, whole, calls)
    assert.deepEqual(failures, [])
    for (const { form, options } of calls) assert.throws(() => standard.check(form, [], options), /expected .*, found/)
  })

  test(`what a host says of its own is a fault and never passed over, ${build}`, () => assert.deepEqual(refusesHosts(standard).failures, []))
}
