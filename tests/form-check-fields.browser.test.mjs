// Which control answers which question, whatever the page calls it, wherever it stands, and what of it is judged?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, radios, startOwnPages } from './pages/own.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

const code = { name: 'ods', kind: 'ods-code', required: true, label: 'ODS code' }

/** Question, rule and ids of the targets of every error of the last press. */
const errors = () =>
  own.run(() => {
    const report = kit.events.findLast(({ name }) => name === 'ncrs:invalid')?.event.detail.report
    return (report?.findings ?? []).filter(({ severity }) => severity === 'error').map(({ question, rule, targets }) => [question, rule, targets[0]?.id])
  })

/** Opens, presses, and gives the errors. */
async function errorsOf(content, fields, { config = {}, steps = [], ...more } = {}) {
  await own.open(pageOf(formOf(content)), { config: { fields, ...config }, ...more })
  await own.do(...steps, { click: '#send' })
  const { wrong } = await own.glance()
  assert.deepEqual(wrong, [])
  return errors()
}

describe('repeated rows', () => {
  const row = (key, legend) => {
    const content = box(`sites[${key}][ods]`, { id: `ods-${key}`, label: 'ODS code' })
    return `<div class="row" id="row-${key}">${legend ? `<fieldset class="nhsuk-fieldset"><legend class="nhsuk-fieldset__legend">${legend}</legend>${content}</fieldset>` : content}</div>`
  }
  const fields = { 'sites[].ods_code': { namePattern: 'sites[*][ods]', kind: 'ods-code', required: true } }

  test('rows are counted in the order of the page, whatever they are called', async () => {
    const seen = await errorsOf(row('b7') + row('3'), fields, { steps: [{ fill: ['#ods-b7', '!!'] }] })
    assert.deepEqual(seen.map(([question, , id]) => [question, id]), [['sites[0].ods_code', 'ods-b7'], ['sites[1].ods_code', 'ods-3']])
    assert.match(seen[0][1], /^ODS-/)
    assert.equal(seen[1][1], 'ANS-001')
  })

  test('words that would read the same say which row they are about', async () => {
    await errorsOf(row('0') + row('1'), fields)
    const { entries, messages } = await own.glance()
    assert.deepEqual(entries, ['Row 1: Enter ODS code', 'Row 2: Enter ODS code'])
    assert.deepEqual(messages, entries)
  })

  test('a row that has a name is called so', async () => {
    await errorsOf(row('0', 'First site') + row('1', 'Second site'), fields)
    const { entries, messages } = await own.glance()
    assert.equal(entries.length, 2)
    assert.match(entries[0], /^First site\b.*Enter ODS code$/)
    assert.match(entries[1], /^Second site\b.*Enter ODS code$/)
    assert.deepEqual(messages, entries)
  })

  test('words that are the only ones of their kind need no row', async () => {
    await errorsOf(row('0') + row('1'), fields, { steps: [{ fill: ['#ods-1', 'A81001'] }] })
    assert.deepEqual((await own.glance()).entries, ['Enter ODS code'])
  })

  test('a row that is added or taken away counts after refresh()', async () => {
    await own.open(pageOf(formOf(row('0') + row('1'))), { config: { fields } })
    await own.press()
    assert.equal((await errors()).length, 2)
    await own.run((html) => {
      const holder = document.createElement('div')
      holder.innerHTML = html
      document.querySelector('#row-1').after(holder.firstChild)
      component().refresh()
    }, row('2'))
    await own.press()
    assert.deepEqual((await errors()).map(([question, , id]) => [question, id]), [['sites[0].ods_code', 'ods-0'], ['sites[1].ods_code', 'ods-1'], ['sites[2].ods_code', 'ods-2']])
    await own.run(() => {
      document.querySelector('#row-0').remove()
      component().refresh()
    })
    await own.press()
    assert.deepEqual((await errors()).map(([question, , id]) => [question, id]), [['sites[0].ods_code', 'ods-1'], ['sites[1].ods_code', 'ods-2']])
    const { entries, messages } = await own.glance()
    assert.deepEqual(messages, entries)
    assert.equal(entries.length, 2)
  })

  test('one row can be named alone, and both ways go together with known questions', async () => {
    const users = { 'ra.users[].uuid': { namePattern: 'u[*]' } }
    const described = await own.open(pageOf(formOf(box('u[0]', { id: 'u0' }) + box('u[1]', { id: 'u1' }))), { config: { fields: users } })
    assert.equal(described.state, 'ready')
    assert.deepEqual(await own.run(() => Object.entries(component().describe().fields).map(([question, { controls }]) => [question, controls.map(({ id }) => id)])), [['ra.users[0].uuid', ['u0']], ['ra.users[1].uuid', ['u1']]])
    const seen = await errorsOf(box('site-0-ods', { id: 'a' }) + box('site-1-ods', { id: 'b' }), {
      'sites[0].ods_code': { name: 'site-0-ods', kind: 'ods-code', required: true },
      'sites[1].ods_code': { name: 'site-1-ods', kind: 'ods-code', required: false }
    })
    assert.deepEqual(seen, [['sites[0].ods_code', 'ANS-001', 'a']])
  })

  test('a date in each row', async () => {
    const parts = (index) => ['d', 'm', 'y'].map((part) => `<input id="${part}${index}" name="r[${index}][${part}]">`).join('')
    const seen = await errorsOf(`<div>${parts(0)}</div><div>${parts(1)}</div>`, { 'r[].date': { kind: 'date', required: true, label: 'Date', names: { day: 'r[*][d]', month: 'r[*][m]', year: 'r[*][y]' } } }, {
      steps: [{ fill: ['#d1', '31'] }, { fill: ['#m1', '2'] }, { fill: ['#y1', '2026'] }]
    })
    assert.deepEqual(seen, [['r[0].date', 'ANS-001', 'd0'], ['r[1].date', 'ANS-004', 'd1']])
  })
})

describe('where a control stands', () => {
  test('a control outside the form that belongs to it is judged, in the order of the page', async () => {
    const page = pageOf(`${box('early', { attributes: 'form="f"' })}<form id="f" method="post" action="/submit" novalidate>${box('inner')}<button id="send">Send</button></form>${box('late', { attributes: 'form="f"' })}`)
    const fields = Object.fromEntries(['late', 'inner', 'early'].map((name) => [name, { kind: 'text', required: true }]))
    await own.open(page, { config: { fields } })
    await own.press()
    assert.deepEqual((await errors()).map(([question]) => question), ['early', 'inner', 'late'])
    assert.deepEqual((await own.glance()).entries, ['Enter early', 'Enter inner', 'Enter late'])
    assert.equal((await own.destroyed()).same, true)
  })

  for (const [what, content] of [
    ['disabled', box('ods', { attributes: 'disabled' })],
    ['in a fieldset that is disabled', `<fieldset disabled>${box('ods')}</fieldset>`],
    ['hidden by its type', '<input type="hidden" name="ods" value="">'],
    ['hidden', box('ods', { attributes: 'hidden' })],
    ['not rendered', `<div hidden>${box('ods')}</div>`],
    ['of another form', `${box('ods', { attributes: 'form="other"' })}`]
  ]) {
    test(`a control that is ${what} is not judged`, async () => {
      const fields = { code, person: { kind: 'text', required: true } }
      await own.open(pageOf(`${formOf(content + box('person'))}<form id="other"></form>`), { config: { fields } })
      await own.press()
      assert.deepEqual(await errors(), [['person', 'ANS-001', 'person']])
    })
  }

  test('a control that appears is judged, and one that hides is not', async () => {
    await own.open(pageOf(formOf(box('person') + `<div id="more" hidden>${box('ods')}</div>`)), { config: { fields: { person: { kind: 'text', required: true }, code } } })
    await own.press()
    assert.equal((await errors()).length, 1)
    await own.run(() => {
      document.querySelector('#more').hidden = false
    })
    await own.press()
    assert.equal((await errors()).length, 2)
    await own.run(() => {
      document.querySelector('#more').hidden = true
    })
    await own.press()
    assert.equal((await errors()).length, 1)
    assert.deepEqual((await own.glance()).messages, ['Enter person'])
  })

  test('a control that the page drew anew is found without being told', async () => {
    await own.open(pageOf(formOf(`<div id="part">${box('ods')}</div>`)), { config: { fields: { code } } })
    await own.press()
    await own.run((html) => {
      document.querySelector('#part').innerHTML = html
    }, box('ods'))
    await own.press()
    assert.deepEqual(await errors(), [['code', 'ANS-001', 'ods']])
    assert.deepEqual((await own.glance()).messages, ['Enter ODS code'])
    await own.press('.nhsuk-error-summary a')
    assert.equal((await own.glance()).focus, 'input#ods[name="ods"]')
  })

  test('attributes say which question, and beat the configuration', async () => {
    const content =
      '<input id="a" name="a" data-ncrs-field="organisation.ods_code"><input id="b" name="b">' +
      '<fieldset data-ncrs-field="dspt.published_date"><legend>Published</legend>' +
      ['day', 'month', 'year'].map((part) => box(`published-${part}`, { label: part })).join('') +
      '</fieldset>' +
      `<div data-ncrs-field="told">${radios('pub', ['yes', 'no'])}</div>`
    const seen = await errorsOf(content, { 'organisation.ods_code': { name: 'b', required: true }, 'dspt.published_date': { required: true }, told: { kind: 'yes-no', required: true } })
    assert.deepEqual(seen.map(([question, , id]) => [question, id]), [['organisation.ods_code', 'a'], ['dspt.published_date', 'published-day'], ['told', 'pub']])
  })

  test('a control whose name is a question needs nothing said', async () => {
    const seen = await errorsOf(box('organisation.ods_code', { id: 'o' }) + box('something.else', { id: 'e' }), {})
    assert.deepEqual(seen, [['organisation.ods_code', 'ORG-002', 'o']])
  })

  test('a field that is called undefined is no other field', async () => {
    const other = { name: 'other', kind: 'text', label: 'Other', required: false }
    const seen = await errorsOf(box('organisation.ods_code') + box('other'), { undefined: other }, { config: { form: 'ods-code' } })
    assert.deepEqual(seen, [['organisation.ods_code', 'ORG-002', 'organisation.ods_code']])
  })

  test('the form says of itself which form and language it is', async () => {
    await own.open(pageOf(`<form method="post" action="/submit" data-ncrs-form="ods-code" data-ncrs-language="cy">${box('organisation.ods_code', { id: 'o' })}<button id="send">Send</button></form>`), { config: { form: 'pds-access', language: 'en' } })
    await own.press()
    const seen = await own.run(() => {
      const { form, language } = kit.events.at(-1).event.detail.report
      return [form, language]
    })
    assert.deepEqual(seen, ['ods-code', 'cy'])
    assert.equal((await own.glance()).title, 'Gwall: A form')
  })
})

describe('what an answer is', () => {
  test('a number box with something else in it is no missing answer', async () => {
    const seen = await errorsOf(box('number', { type: 'number' }), { number: { kind: 'whole-number', required: true } }, { steps: [{ type: ['#number', 'e'] }] })
    assert.deepEqual(await own.run(() => document.querySelector('#number').validity.badInput), true, 'this browser holds what is no number')
    assert.deepEqual(seen, [['number', 'ANS-009', 'number']])
  })

  test('the limits of a number', async () => {
    const number = { kind: 'whole-number', min: 2, max: 5, label: 'Number' }
    for (const [typed, rules] of [['1', ['ANS-018']], ['6', ['ANS-019']], ['2', []], ['5', []], ['2.5', ['ANS-009']]]) {
      await own.open(pageOf(formOf(box('number'), 'target="frame"') + '<iframe name="frame" title="answer"></iframe>'), { config: { fields: { number } } })
      await own.do({ fill: ['#number', typed] }, { click: '#send' })
      assert.deepEqual((await errors()).map(([, rule]) => rule), rules, typed)
    }
  })

  test('values of this page stand for the values of the question', async () => {
    const spec = { name: 'pub', values: { Y: 'yes', N: 'no' }, required: true }
    const content = radios('pub', ['Y', 'N'])
    assert.deepEqual(await errorsOf(content, { 'dspt.published': spec }, { steps: [{ check: '#pub-2' }] }), [['dspt.published', 'DSPT-002', 'pub']])
    assert.deepEqual(await errorsOf(content, { 'dspt.published': spec }), [['dspt.published', 'DSPT-001', 'pub']])
  })

  test('a select that says please choose is empty', async () => {
    const select = '<label for="region">Region</label><select id="region" name="region"><option value="-1">Choose</option><option value="n">North</option></select>'
    const region = { kind: 'choice', required: true, emptyValues: ['-1'] }
    assert.deepEqual(await errorsOf(select, { region }), [['region', 'ANS-016', 'region']])
    assert.deepEqual((await own.glance()).entries, ['Select region'])
  })

  test('a group of radios of which none is chosen, and its hidden blank twin', async () => {
    assert.deepEqual(await errorsOf(`<input type="hidden" name="pub" value="">${radios('pub', ['yes', 'no'])}`, { 'dspt.published': { name: 'pub' } }), [['dspt.published', 'DSPT-001', 'pub']])
  })

  test('a box that only counts when another answer says so', async () => {
    const fields = { who: { kind: 'choice', required: true }, code: { ...code, when: { field: 'who', is: ['other', 'both'] } } }
    const content = radios('who', ['self', 'other', 'both']) + box('ods')
    assert.deepEqual(await errorsOf(content, fields, { steps: [{ check: '#who-2' }] }), [['code', 'ANS-001', 'ods']])
    assert.deepEqual(await errorsOf(content, fields, { steps: [{ check: '#who-3' }, { fill: ['#ods', '!'] }] }).then((list) => list.map(([question]) => question)), ['code'])
    assert.deepEqual(await errorsOf(content, fields), [['who', 'ANS-016', 'who']])
  })

  test('the day that a date must be', async () => {
    const date = (mustBe) => ({ when: { kind: 'date', mustBe, label: 'Date', names: { day: 'd', month: 'm', year: 'y' } } })
    const content = '<input id="d" name="d"><input id="m" name="m"><input id="y" name="y"><input type="submit" id="other">'
    for (const [mustBe, rule] of [['past', 'ANS-005'], ['future', 'ANS-008']]) {
      const seen = await errorsOf(content, date(mustBe), { steps: [{ fill: ['#d', '22'] }, { fill: ['#m', '11'] }, { fill: ['#y', '2026'] }] })
      assert.deepEqual(seen, [['when', rule, 'd']], mustBe)
    }
  })

  test('a date in one box of its own type is a date', async () => {
    const seen = await errorsOf(box('when', { type: 'date', attributes: 'value="2999-01-01"' }), { when: { kind: 'date', mustBe: 'today-or-past', label: 'Date' } })
    assert.deepEqual(seen, [['when', 'ANS-006', 'when']])
  })

  test('today is the day in London, unless it is given', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: `{ fields: ${JSON.stringify({ code })} }` })
    await own.press()
    const today = await own.run(() => kit.events.at(-1).event.detail.report.today)
    const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date())
    assert.equal(today, london)
  })

  test('a rule that reads another question waits until that is on the page too', async () => {
    // DSPT-023 compares the date with the edition.
    const date = '<input id="d" name="d" value="1"><input id="m" name="m" value="1"><input id="y" name="y" value="2001">'
    const published = { 'dspt.published_date': { names: { day: 'd', month: 'm', year: 'y' } } }
    await own.open(pageOf(formOf(date)), { config: { fields: published } })
    assert.deepEqual(await own.run(() => component().validate().findings.filter(({ rule }) => rule === 'DSPT-023')), [])
  })

  test('texts of this service replace ours', async () => {
    const messages = { 'ORG-002': 'Which code?', 'ANS-001@person': 'Who are you?' }
    await errorsOf(box('ods') + box('person') + box('other'), { 'organisation.ods_code': { name: 'ods' }, person: { kind: 'text', required: true }, other: { kind: 'text', required: true } }, { config: { messages } })
    assert.deepEqual((await own.glance()).entries, ['Which code?', 'Who are you?', 'Enter other'])
  })

  test('a profile drops a question, and switches a rule off', async () => {
    const fields = { 'organisation.ods_code': { name: 'ods' }, 'organisation.name': { name: 'person' } }
    const seen = await errorsOf(box('ods') + box('person'), fields, { config: { profile: { drop: ['organisation.name'] } } })
    assert.deepEqual(seen, [['organisation.ods_code', 'ORG-002', 'ods']])
  })

  test('what is left in a control that is unmapped is nobody\'s business', async () => {
    assert.deepEqual(await errorsOf(box('ods') + box('stranger', { attributes: 'value="<script>"' }), { code }), [['code', 'ANS-001', 'ods']])
  })
})

test('the example of the README starts and finds everything, on markup as it says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const example = readme.split('\n## Embedding\n')[1].split('```js\n')[1].split('\n```')[0]
  const content = [
    box('organisation[ods_code]', { id: 'ods' }),
    ['d', 'm', 'y'].map((part) => box(part)).join(''),
    radios('DSPT', ['opt-1', 'opt-2']),
    radios('Region', ['north', 'south']),
    box('sites[0][ods]', { id: 'site' }),
    box('organisation.postcode', { id: 'postcode' }),
    '<button name="save-for-later">Save</button><button id="find-address">Find</button>'
  ].join('')
  await own.open(pageOf(formOf(content)), { script: `const { FormCheck } = api\nours.look({ root: document.querySelector('form') })\n${example.replace(/^console\..*$/m, '')}\nours.adopt(check)` })
  await own.made()
  const found = await own.run(async () => {
    await component().ready
    const { fields, notFound, unmapped } = component().describe()
    return { state: component().state, fields: Object.keys(fields), notFound, unmapped }
  })
  assert.deepEqual(found, {
    state: 'ready',
    fields: ['organisation.ods_code', 'dspt.published_date', 'dspt.published', 'region', 'sites[0].ods_code', 'organisation.postcode'],
    notFound: [],
    unmapped: []
  })
})

describe('rows with words of their own', () => {
  const fields = { 'sites[].ods_code': { namePattern: 'sites[*][ods]', kind: 'ods-code', required: true } }

  test('are called by them', async () => {
    const row = (at, label) => box(`sites[${at}][ods]`, { id: `site${at}`, label })
    await errorsOf(row(0, 'First site') + row(1, 'Second site') + row(2, 'Second site'), fields)
    assert.deepEqual((await own.glance()).entries, ['Enter first site', 'Row 2: Enter second site', 'Row 3: Enter second site'])
  })
})

test('a date of which a part is nowhere is not judged, and describe() says so', async () => {
  const seen = await errorsOf(box('d') + box('y') + box('ods'), { opened: { kind: 'date', required: true, names: { day: 'd', month: 'mm', year: 'y' } }, code })
  assert.deepEqual(seen.map(([question]) => question), ['code'])
  assert.deepEqual(await own.run(() => component().describe().notFound), ['opened'])
})

test('a mark that is no question is told by its own name', async () => {
  await own.open(pageOf(formOf(box('ods', { attributes: 'data-ncrs-field="organisation.ods"' }))), {
    config: "{ today: '2026-11-22', onError: (error) => { window.told = error.message } }",
    waits: false
  })
  await own.made()
  assert.match(await own.run(() => component().ready.then(() => window.told)), /data-ncrs-field="organisation\.ods": expected a question of ncrs-onboarding, or a kind/)
})
