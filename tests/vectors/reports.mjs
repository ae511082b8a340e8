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

  for (const [opening, closing] of [['[', ']'], ['{"a":', '}']]) {
    const depths = JSON.parse(`${opening.repeat(100_000)}1${closing.repeat(100_000)}`)
    const deep = api.check('ods-code', { organisation: { ods_code: 'A81001', more: depths } }, { today })
    expect('what is nested a hundred thousand times is unknown and changes nothing', deep.outcome === 'accept' && deep.unknown.join().length < 1000, deep.unknown.join().slice(0, 200))
  }

  const welsh = api.check('ods-code', [[question, 'someone@example.org']], { today, language: 'cy' })
  for (const language of [undefined, '', 'en', 'cy']) {
    const { kinds } = api.checkOdsCode('rxk52', { language })
    expect(`a kind has its name, in English where no translator gave another: ${language}`, JSON.stringify(kinds) === '[{"id":"nhs_trust_site","name":"NHS trust site"}]', kinds)
  }
  expect('another language changes words alone', welsh.language === 'cy' && welsh.findings[0]?.rule === 'ODS-010' && welsh.findings[0].message !== '', welsh)

  const looksAlike = (options) => api.check('ods-code', [[question, '\u0410' + '81001']], { today, ...options }).findings[0]
  expect('a suggestion is given only when asked for', looksAlike({}).suggestion === undefined, looksAlike({}))
  expect('and then it is', looksAlike({ suggestions: true }).suggestion === 'A81001', looksAlike({ suggestions: true }))

  const fields = { site_manager: { kind: 'text', required: true }, 'sites[].opened': { kind: 'date', when: { field: 'site_manager', is: 'A' } } }
  const own = (pairs) => api.check('ods-code', [[question, 'A81001'], ...pairs], { today, fields })
  const asked = own([['sites[3].opened.day', '1']])
  expect('a field of the page is asked', asked.findings[0]?.message === 'Enter site manager' && asked.outcome === 'reject', asked)
  expect('its report has its shape', reportFaults(asked).length === 0 && asked.unknown.length === 0, asked)
  const waited = own([['site_manager', 'a'], ['sites[3].opened.day', '1']])
  expect('a field of a row waits', asked.findings.length === 1 && waited.findings[0]?.question === 'sites[3].opened', waited)
  expect('and says which parts to mend', waited.findings[0]?.parts?.join() === 'month,year', waited)
  const undefinedOnes = { site_manager: { kind: 'text', required: undefined, when: undefined, label: undefined }, gone: undefined }
  expect('what is undefined is not there', api.check('ods-code', [[question, 'A81001']], { today, fields: undefinedOnes }).findings.length === 0, [])
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
    ...[
      ['fields as a list', [], ['found an array']],
      ['a field as text', { a: 'text' }, ['options.fields["a"]', 'found a string']],
      ['a field of nothing', { a: null }, ['options.fields["a"]', 'found null']],
      ['a field with a typing error', { a: { kind: 'text', requried: true } }, ['options.fields["a"]', 'required', '"requried"']],
      ['a field without a kind', { a: { label: 'A' } }, ['options.fields["a"]', 'kind', 'ods-code']],
      ['a field of an unknown kind', { a: { kind: 'number' } }, ['options.fields["a"].kind', 'whole-number', '"number"']],
      ['required as text', { a: { kind: 'text', required: 'yes' } }, ['options.fields["a"].required', 'found a string']],
      ['a maximum as text', { a: { kind: 'text', maxCharacters: '9' } }, ['options.fields["a"].maxCharacters', 'found a string']],
      ['half a maximum', { a: { kind: 'whole-number', max: 0.5 } }, ['options.fields["a"].max', '0.5']],
      ['a minimum below nothing', { a: { kind: 'whole-number', min: -1 } }, ['options.fields["a"].min', '-1']],
      ['options as text', { a: { kind: 'choice', options: 'x' } }, ['options.fields["a"].options', 'found a string']],
      ['a condition as text', { a: { kind: 'text', when: 'b' } }, ['options.fields["a"].when', 'found a string']],
      ['a condition on nothing', { a: { kind: 'text', when: { is: 'x' } } }, ['options.fields["a"].when.field', 'found ""']],
      ['a condition for nothing', { a: { kind: 'text', when: { field: 'b' } }, b: { kind: 'text' } }, ['options.fields["a"].when.is']],
      ['a condition for a number', { a: { kind: 'text', when: { field: 'b', is: [1] } } }, ['options.fields["a"].when.is[0]', 'found number']],
      ['a field that waits for itself', { a: { kind: 'text', when: { field: 'a', is: 'x' } } }, ['options.fields["a"].when', 'circle']]
    ].map(([name, fields, words]) => [name, () => api.check('ods-code', answers, { today, fields }), words]),
    ['an inherited setting', () => api.check('ods-code', answers, { today, profile: Object.create({ id: 'mine' }) }), ['options.profile.id', 'its class']],
    // A list that leaves a place out has nothing in it.
    ['a row left out', () => api.check('ods-code', answers, { today, calendar: [, { edition: '2027-28' }] }), ['options.calendar[0]', 'found undefined']],
    ['an option left out', () => api.check('ods-code', answers, { today, fields: { a: { kind: 'choice', options: ['x', , 'y'] } } }), ['options.fields["a"].options[1]', 'found undefined']],
    ...[new URLSearchParams('organisation.ods_code=A81001'), new Map([['organisation.ods_code', 'A81001']]), new Date(0)].map((given) => [
      `answers as a ${given.constructor.name}`,
      () => api.check('ods-code', given, { today }),
      ['answers', 'plain object', '[...answers]']
    ]),
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
  for (const [name, given] of [['rules', rules], ['tables', tables]]) {
    given[0].id = 'changed by the caller'
    if (api[name]()[0].id === given[0].id) failures.push(`what a caller does to the ${name} is there at the next call`)
  }
  return { checked: rules.length + tables.length, failures }
}
