// Does `check` keep the promises that hold for every form: shape, faults, answers in either way, no surprise?

import { reportFaults } from './shape.mjs'
import { faultOf } from './starting.mjs'

const today = '2026-01-31'
const question = 'organisation.ods_code'

/** Reports of the smallest form, whose one question is the ODS code. */
export function reports(api) {
  const failures = []
  let checked = 0
  const expect = (name, right, found) => {
    checked += 1
    if (!right) failures.push(`${name}: ${JSON.stringify(found)}`)
  }

  for (const text of ['A81001', 'a81001 ', 'not a code at all', '', 'Z7129', '1A2B3']) {
    const report = api.check('ods-code', [[question, text]], { today })
    expect(`the report for ${JSON.stringify(text)} has its shape`, reportFaults(report).length === 0, reportFaults(report))
    expect(`${JSON.stringify(text)} is repeated nowhere`, text.length < 10 || !JSON.stringify(report).includes(text), report)
    const again = api.check('ods-code', [[question, text]], { today })
    expect('checking twice gives the same', JSON.stringify(again) === JSON.stringify(report), again)
    const nested = api.check('ods-code', { organisation: { ods_code: text } }, { today })
    expect('a nested object and pairs mean the same', JSON.stringify(nested) === JSON.stringify(report), nested)
  }

  const good = api.check('ods-code', [[question, 'A81001']], { today })
  expect('a plausible code is accepted', good.outcome === 'accept' && good.findings.length === 0, good)
  expect('the report says what it is about', good.form === 'ods-code' && good.today === today && good.language === 'en', good)
  expect('the version is that of the package', good.version === api.version && /^\d+\.\d+\.\d+/.test(api.version), [good.version, api.version])
  expect('progress is complete', good.progress.needed === 1 && good.progress.answered === 1, good.progress)

  const bad = api.check('ods-code', [[question, 'someone@example.org']], { today })
  expect('an email address is refused', bad.outcome === 'reject' && bad.findings[0]?.rule === 'ODS-010', bad)
  expect('the finding names its question', bad.findings[0]?.question === question, bad.findings)

  const empty = api.check('ods-code', [], { today })
  expect('nothing answered is not an ODS-001 of the form', empty.findings.every(({ rule }) => rule !== 'ODS-001'), empty.findings)
  expect('nothing answered is missing', empty.outcome === 'reject' && empty.findings.length === 1, empty)

  const extra = api.check('ods-code', [[question, 'A81001'], ['utm_source', 'x'], ['organisation.no_such', 'y']], { today })
  // In order of their letters: the order of the answers must not matter.
  expect('unknown names are listed and change nothing', extra.unknown.join() === 'organisation.no_such,utm_source' && extra.outcome === 'accept', extra)

  const welsh = api.check('ods-code', [[question, 'someone@example.org']], { today, language: 'cy' })
  expect('another language changes words alone', welsh.language === 'cy' && welsh.findings[0]?.rule === 'ODS-010' && welsh.findings[0].message !== '', welsh)

  const looksAlike = (options) => api.check('ods-code', [[question, '\u0410' + '81001']], { today, ...options }).findings[0]
  expect('a suggestion is given only when asked for', looksAlike({}).suggestion === undefined, looksAlike({}))
  expect('and then it is', looksAlike({ suggestions: true }).suggestion === 'A81001', looksAlike({ suggestions: true }))
  return { checked, failures }
}

/** What a caller can get wrong is a thrown fault that says what was looked for and what was found. */
export function faults(api) {
  const answers = [[question, 'A81001']]
  const wrong = [
    ['an unknown form', () => api.check('ods-cod', answers, { today }), ['"ods-cod"', 'ods-code']],
    ['no form', () => api.check(undefined, answers, { today }), ['form', 'undefined']],
    ['no options', () => api.check('ods-code', answers), ['today']],
    ['no today', () => api.check('ods-code', answers, {}), ['today', 'YYYY-MM-DD']],
    ['today as a number', () => api.check('ods-code', answers, { today: 20260131 }), ['today', 'number']],
    ['today as a Date', () => api.check('ods-code', answers, { today: new Date(0) }), ['today', 'object']],
    ...['', '2026-1-31', '31/01/2026', '2026-02-30', '2026-01-31T00:00', 'today'].map((day) => [
      `today ${JSON.stringify(day)}`,
      () => api.check('ods-code', answers, { today: day }),
      ['today', 'YYYY-MM-DD', day]
    ]),
    ['an unknown language', () => api.check('ods-code', answers, { today, language: 'fr' }), ['language', 'fr']],
    ['an unknown policy', () => api.check('ods-code', answers, { today, policy: 'no_such' }), ['policy', 'no_such']],
    ['an unknown box', () => api.checkOdsCode('A81001', { box: 'odd' }), ['box', 'odd']],
    ['no answers', () => api.check('ods-code', undefined, { today }), ['answers', 'undefined']],
    ['answers as text', () => api.check('ods-code', 'A81001', { today }), ['answers', 'found a string']]
  ]
  const failures = wrong.flatMap(([name, call, words]) => faultOf(name, call, ['ncrs-form-check', ...words]))
  if (api.checkOdsCode('A81001').verdict !== 'plausible') failures.push('after the faults A81001 is no longer plausible')
  return { checked: wrong.length, failures }
}

/** A database of every row: each rule and each table can say what it is. */
export function catalogues(api) {
  const failures = []
  const rules = api.rules()
  const ids = rules.map(({ id }) => id)
  if (!ids.includes('ODS-010')) failures.push('ODS-010 is not among the rules')
  if (new Set(ids).size !== ids.length) failures.push('a rule is listed twice')
  for (const rule of rules) {
    if (!/^[A-Z]{2,4}-\d{3}$/.test(rule.id)) failures.push(`a rule has the id ${rule.id}`)
    if (!['current', 'retired'].includes(rule.status)) failures.push(`${rule.id} has the status ${rule.status}`)
    for (const key of ['severity', 'basis', 'since']) if (!rule[key]) failures.push(`${rule.id} has no ${key}`)
  }
  const tables = api.tables()
  if (tables.length === 0) failures.push('there is no table')
  return { checked: rules.length + tables.length, failures }
}
