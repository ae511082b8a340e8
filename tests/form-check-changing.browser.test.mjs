// What becomes of errors when the page changes under them: rows come and go, a form is swapped, a script watches, a server answers?

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, radios, startOwnPages } from './pages/own.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

const code = { name: 'ods', kind: 'ods-code', required: true, label: 'ODS code' }
const person = { name: 'person', kind: 'text', required: true, label: 'name' }
const both = { fields: { code, person } }
const noSuchCode = { question: 'code', rule: 'SRV-1', message: 'There is no such code' }

// Keeps what would be sent, and the page.
const holds = "document.addEventListener('submit', (event) => { event.preventDefault(); (window.went ??= []).push(event.submitter?.id ?? null) })"
const went = () => own.run(() => window.went ?? [])

async function seen() {
  const { wrong, entries, messages, title } = await own.glance()
  assert.deepEqual(wrong, [])
  return { entries, messages, title }
}

/** Where the focus is: in a summary that can be seen, or not. */
const summaryWithFocus = () =>
  own.run(() => {
    const box = document.activeElement
    return box.matches('.nhsuk-error-summary') ? { isShown: box.getClientRects().length > 0, inside: box.closest('dialog, section, aside')?.id ?? '' } : undefined
  })

describe('a page that watches itself', () => {
  const watches = `
    let calls = 0; window.calls = () => calls
    new MutationObserver(() => { calls += 1; if (calls < 200) ours.component().refresh() })
      .observe(document.body, { childList: true, subtree: true, attributes: true })`

  test('comes to rest, with the focus where it was', async () => {
    await own.open(pageOf(formOf(box('ods') + box('person'))), { config: both, script: watches })
    await own.press()
    assert.ok(await summaryWithFocus())
    const calls = await own.run(async () => {
      await new Promise((done) => setTimeout(done, 200))
      return window.calls()
    })
    assert.ok(calls < 20, `refresh() was called ${calls} times`)
    assert.deepEqual((await seen()).entries, ['Enter ODS code', 'Enter name'])
  })

  test('what a script took away stands again after refresh(), and the focus stays in the summary', async () => {
    await own.open(pageOf(formOf(box('ods') + box('person'))), { config: both })
    await own.press()
    await own.run(() => {
      document.querySelector('#ods-error').remove()
      document.querySelector('#ods').removeAttribute('aria-describedby')
      component().refresh()
    })
    assert.deepEqual((await seen()).messages, ['Enter ODS code', 'Enter name'])
    assert.equal(await own.run(() => document.querySelector('#ods').getAttribute('aria-describedby')), 'ods-error')
    assert.ok(await summaryWithFocus())
  })

  test('novalidate that a script took away is ours again after refresh()', async () => {
    await own.open(pageOf(formOf(box('ods', { attributes: 'required' }) + box('person')).replace(' novalidate', '')), { config: both })
    await own.run(() => {
      document.querySelector('form').removeAttribute('novalidate')
      component().refresh()
    })
    await own.press()
    assert.deepEqual((await seen()).entries, ['Enter ODS code', 'Enter name'])
    await own.run(() => component().destroy())
    assert.equal(await own.run(() => document.querySelector('form').hasAttribute('novalidate')), false)
  })
})

describe('errors keep to their controls', () => {
  const row = (at, text) => `<div id="row${at}">${box(`sites[${at}][ods]`, { id: `ods${at}`, attributes: `value="${text}"` })}</div>`
  const fields = { 'sites[].ods_code': { kind: 'ods-code', namePattern: 'sites[*][ods]', required: true, label: 'ODS code' } }
  const marked = () => own.run(() => [...document.querySelectorAll('.nhsuk-error-message')].map((message) => [message.closest('[id^=row]').id, message.textContent]))

  test('when a row before them goes', async () => {
    await own.open(pageOf(formOf(row(0, '') + row(1, 'A81001') + row(2, 'LS1 4AP'))), { config: { fields } })
    await own.press()
    assert.deepEqual((await marked()).map(([id]) => id), ['row0', 'row2'])
    await own.run(() => {
      document.querySelector('#row0').remove()
      component().refresh()
    })
    assert.deepEqual(await marked(), [['row2', 'Error: Enter an ODS code, not a postcode']])
    assert.deepEqual((await seen()).entries, ['Enter an ODS code, not a postcode'])
  })

  test('when the same rows are rendered anew, they move to the new controls', async () => {
    await own.open(pageOf(formOf(`<div id="rows">${row(0, '')}${row(1, 'A81001')}</div>`)), { config: { fields } })
    await own.press()
    await own.run((html) => {
      document.querySelector('#rows').innerHTML = html
      component().refresh()
    }, row(0, '') + row(1, 'A81001'))
    assert.deepEqual((await marked()).map(([id]) => id), ['row0'])
  })

  test('what the page itself added stays at refresh()', async () => {
    await own.open(pageOf(formOf(box('ods') + box('other'))), {
      config: { fields: { code } },
      script: `document.addEventListener('ncrs:check', ({ detail }) => {
        detail.add({ message: 'The page says no' })
        detail.add({ selector: '#other', message: 'Other is wrong' })
      })`
    })
    await own.press()
    const before = (await seen()).entries
    assert.deepEqual(before, ['The page says no', 'Enter ODS code', 'Other is wrong'])
    await own.run(() => {
      document.querySelector('form').insertAdjacentHTML('beforeend', '<p>More</p>')
      document.querySelector('#ods-error').remove()
      component().refresh()
    })
    assert.deepEqual((await seen()).entries, before)
  })

  test('a link whose control was replaced leads to the new one', async () => {
    await own.open(pageOf(formOf(`<div id="slot">${box('ods')}</div>`)), { config: { fields: { code } } })
    await own.press()
    await own.run(() => {
      document.querySelector('#slot').innerHTML += ''
    })
    await own.do({ click: '.nhsuk-error-summary a' })
    assert.equal(await own.run(() => location.hash), '#ods')
  })
})

describe('a form that is swapped for another', () => {
  const swap = () =>
    own.run(async (html) => {
      document.querySelector('form').outerHTML = html
      const next = new window.api.FormCheck(document.querySelector('form'), { today: '2026-11-22', fields: window.fields })
      await next.ready
    }, formOf(box('ods', { attributes: 'value="A81001"' }) + box('person')))

  test('takes its errors with it', async () => {
    await own.open(pageOf(formOf(box('ods') + box('person'))), { config: both, script: `window.api = api; window.fields = ${JSON.stringify(both.fields)}; ${holds}` })
    await own.press()
    assert.equal((await seen()).entries.length, 2)
    await swap()
    await own.press()
    assert.deepEqual((await own.glance()).entries, ['Enter name'])
    await own.do({ fill: ['#person', 'A'] }, { click: '#send' })
    const { entries, title } = await own.glance()
    assert.deepEqual(entries, [])
    assert.equal(title, 'A form')
    assert.deepEqual(await went(), ['send'])
  })
})

describe('a summary stands where it can be seen', () => {
  test('not at a heading of a step that is hidden', async () => {
    await own.open(
      `<!doctype html><html lang="en"><title>Steps</title><body><main><section id="one" hidden><h1>Step 1</h1></section><dialog id="late"><h1>You will be signed out</h1></dialog><section id="two"><h1>Step 2</h1>${formOf(box('ods'))}</section></main></body></html>`,
      { config: { fields: { code } } }
    )
    await own.press()
    assert.deepEqual(await summaryWithFocus(), { isShown: true, inside: 'two' })
  })

  const server = (words, id) =>
    `<div class="nhsuk-error-summary" tabindex="-1"><div role="alert"><h2 class="nhsuk-error-summary__title">There is a problem</h2><div class="nhsuk-error-summary__body"><ul class="nhsuk-list nhsuk-error-summary__list"><li><a href="#${id}">${words}</a></li></ul></div></div></div>`
  const dialog = `<dialog id="d"><form id="inner" method="post" action="/submit">${box('ods')}<button id="go">Go</button></form></dialog>`

  test('in the dialog of its form, whatever stands behind', async () => {
    await own.open(pageOf(server('Enter main', 'main') + formOf(box('main')) + dialog), {
      config: { fields: { code } },
      root: '#inner',
      earlier: "document.querySelector('#d').showModal()"
    })
    await own.do({ click: '#go' })
    assert.deepEqual(await summaryWithFocus(), { isShown: true, inside: 'd' })
  })

  test('outside of a dialog that was closed with errors in it', async () => {
    const main = { main: { name: 'main', kind: 'text', required: true, label: 'main' } }
    await own.open(pageOf(formOf(box('main')) + dialog), {
      config: { fields: { code } },
      root: '#inner',
      earlier: "document.querySelector('#d').showModal()",
      script: `window.other = new api.FormCheck(document.querySelector('form:not(#inner)'), { today: '2026-11-22', fields: ${JSON.stringify(main)} })`
    })
    await own.do({ click: '#go' })
    await own.run(() => document.querySelector('#d').close())
    await own.press()
    assert.deepEqual(await summaryWithFocus(), { isShown: true, inside: '' })
    assert.deepEqual(await own.run(() => [...document.querySelectorAll('main > .nhsuk-error-summary li')].map(({ textContent }) => textContent)), ['Enter main'])
  })

  test('in a place of the page that was hidden', async () => {
    await own.open(pageOf('<div id="errors" hidden></div>' + formOf(box('ods'))), { config: { fields: { code }, summary: '#errors' } })
    await own.press()
    assert.deepEqual(await summaryWithFocus(), { isShown: true, inside: '' })
    await own.run(() => component().destroy())
    assert.equal(await own.run(() => document.querySelector('#errors').outerHTML), '<div id="errors" hidden=""></div>')
  })

  test('whole, in a box that the page brought empty', async () => {
    await own.open(pageOf('<div class="nhsuk-error-summary" hidden></div>' + formOf(box('ods'))), { config: { fields: { code } } })
    await own.press()
    assert.deepEqual(await own.run(() => ['[role=alert]', 'h2', 'ul li a'].map((part) => document.querySelectorAll(`.nhsuk-error-summary ${part}`).length)), [1, 1, 1])
    await own.run(() => component().destroy())
    assert.equal(await own.run(() => document.querySelector('.nhsuk-error-summary').outerHTML), '<div class="nhsuk-error-summary" hidden=""></div>')
  })

  test('never in the summary of another form', async () => {
    const login = `<form id="login">${server('Enter user', 'user')}${box('user')}</form>`
    await own.open(pageOf(formOf(box('ods')), { before: login }), { config: { fields: { code } }, root: 'form[method]' })
    await own.press()
    assert.deepEqual(await own.run(() => [...document.querySelectorAll('#login li')].map(({ textContent }) => textContent)), ['Enter user'])
  })

  test('a place that was looked for and not found is no mistake', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields: { code }, summary: null } })
    await own.press()
    assert.deepEqual((await seen()).entries, ['Enter ODS code'])
  })
})

describe('what a server found', () => {
  const filled = box('ods', { attributes: 'value="A81001"' }) + box('person', { attributes: 'value="A"' })

  test('can be shown before the rules have started: at its field, in the language of the page', async () => {
    await own.open(pageOf(formOf(filled), { lang: 'cy' }), {
      script: `${holds}
        ours.look({ root: document.querySelector('form') })
        const made = new api.FormCheck(document.querySelector('form'), ${JSON.stringify({ today: '2026-11-22', ...both })})
        window.found = made.describe().fields
        made.showErrors([${JSON.stringify(noSuchCode)}])
        ours.adopt(made)`
    })
    await own.run(() => component().ready)
    assert.deepEqual(await own.run(() => Object.keys(window.found)), ['code', 'person'])
    assert.deepEqual(await seen(), { entries: [noSuchCode.message], messages: [noSuchCode.message], title: 'Gwall: A form' })
    await own.press()
    assert.deepEqual(await went(), [], 'an error of a server stays until its answer has changed')
  })

  test('stays when the rules cannot start', async () => {
    await own.open(pageOf(formOf(filled)), { config: both, waits: false, wasm: 'slow then missing' })
    await own.made()
    await own.run((error) => component().showErrors([error]), noSuchCode)
    own.server.release()
    await own.run(() => component().ready)
    assert.equal(await own.run(() => component().state), 'unavailable')
    assert.deepEqual((await own.glance()).entries, [noSuchCode.message])
  })

  test('stands once, however often the server says it', async () => {
    await own.open(pageOf(formOf(filled)), { config: both })
    for (let time = 0; time < 3; time += 1) await own.run((error) => component().showErrors([error]), noSuchCode)
    const { entries, messages } = await seen()
    assert.deepEqual([entries, messages], [[noSuchCode.message], [noSuchCode.message]])
  })

  test('stands once when we found the same', async () => {
    await own.open(pageOf(formOf(box('ods', { attributes: 'value="LS1 4AP"' }) + box('person', { attributes: 'value="A"' }))), { config: both, script: holds })
    const same = () => own.run(() => component().showErrors(component().validate().findings.map(({ rule, question, message }) => ({ rule, question, message }))))
    const expected = { entries: ['Enter an ODS code, not a postcode'], messages: ['Enter an ODS code, not a postcode'], title: 'Error: A form' }
    await same()
    assert.deepEqual(await seen(), expected)
    await own.press()
    assert.deepEqual(await seen(), expected)
    await same()
    assert.deepEqual(await seen(), expected)
  })

  test('does not stop a button that asks about something else', async () => {
    await own.open(pageOf(formOf(`${box('ods', { attributes: 'value="A81001"' })}${box('person', { attributes: 'value="A"' })}<button id="find">Find</button>`)), {
      config: { ...both, subsets: { '#find': ['code'] } },
      script: holds
    })
    await own.run(() => component().showErrors([{ question: 'person', message: 'Nobody has that name' }]))
    await own.press('#find')
    assert.deepEqual(await went(), ['find'])
    await own.press()
    assert.deepEqual(await went(), ['find'], 'and stops one that asks about all')
    await own.press()
    assert.deepEqual(await went(), ['find', 'send'], 'once')
  })

  test('goes with its field also where it stands below it', async () => {
    const html = `<div class="nhsuk-form-group nhsuk-form-group--error"><label class="nhsuk-label" for="ods">ODS</label><input class="nhsuk-input nhsuk-input--error" id="ods" name="ods" value="A81001" aria-describedby="ods-error"><span class="nhsuk-error-message" id="ods-error">Enter an ODS code</span></div>`
    const summary = `<div class="nhsuk-error-summary" tabindex="-1"><h2 class="nhsuk-error-summary__title">There is a problem</h2><ul class="nhsuk-error-summary__list"><li><a href="#ods-error">Enter an ODS code</a></li></ul></div>`
    await own.open(pageOf(summary + formOf(html + box('person'))), { config: both })
    await own.press()
    assert.deepEqual(await seen(), { entries: ['Enter name'], messages: ['Enter name'], title: 'Error: A form' })
    await own.run(() => component().destroy())
    assert.deepEqual((await own.glance()).messages, ['Enter an ODS code'])
  })
})

describe('what is asked', () => {
  test('an option that is disabled is no answer', async () => {
    const region = { name: 'region', kind: 'choice', required: true, label: 'region' }
    await own.open(pageOf(formOf('<label for="region">Region</label><select id="region" name="region"><option disabled selected>Please choose</option><option>North</option></select>')), { config: { fields: { region } } })
    await own.press()
    assert.deepEqual((await seen()).entries, ['Select region'])
  })

  test('a mark on a group is about its own radios, not about those in a reveal', async () => {
    const group = radios('contacted', ['yes', 'no']).replace('<fieldset', '<fieldset data-ncrs-field="contacted"').replace('</div></div></fieldset>', `</div><div class="nhsuk-radios__conditional">${radios('how', ['letter', 'call'])}</div></div></fieldset>`)
    await own.open(pageOf(formOf(group)), { config: { fields: { contacted: { kind: 'choice', required: true } } } })
    await own.do({ click: '#how' }, { click: '#send' })
    assert.deepEqual((await seen()).entries, ['Select contacted'])
    assert.deepEqual(await own.run(() => component().describe().fields.contacted.controls.map(({ id }) => id)), ['contacted', 'contacted-2'])
  })

  test('a condition on a question in a reveal that is closed does not hold', async () => {
    const fields = { kind: { name: 'kind', kind: 'choice' }, beds: { name: 'beds', kind: 'whole-number', required: true, label: 'number of beds', when: { field: 'kind', is: 'nursing' } } }
    await own.open(pageOf(formOf(`<div id="reveal" hidden>${radios('kind', ['nursing', 'other'])}</div>${box('beds')}`)), { config: { fields }, script: holds })
    await own.press()
    assert.deepEqual(await went(), ['send'])
    await own.run(() => document.querySelector('#reveal').removeAttribute('hidden'))
    await own.do({ click: '#kind' }, { click: '#send' })
    assert.deepEqual((await seen()).entries, ['Enter number of beds'])
  })

  test('the option that must stand alone is known by what this page calls it', async () => {
    const tick = (value, words) => `<div><input type="checkbox" id="c${value}" name="need" value="${value}"><label for="c${value}">${words}</label></div>`
    const need = { name: 'need', kind: 'choices', label: 'needs', values: { 1: 'large_print', 99: 'none' }, exclusive: '99' }
    await own.open(pageOf(formOf(`<fieldset><legend>Needs</legend>${tick(1, 'Large print')}${tick(99, 'No needs')}</fieldset>`)), { config: { fields: { need } } })
    await own.do({ click: '#c1' }, { click: '#c99' }, { click: '#send' })
    assert.deepEqual((await seen()).entries, ['Select needs, or select "No needs"'])
  })

  test('an element of the page’s own keeps its native check', async () => {
    await own.open(pageOf(formOf(`${box('ods', { attributes: 'value="A81001"' })}<own-box name="own"></own-box>`).replace(' novalidate', '')), {
      config: { fields: { code } },
      earlier: `customElements.define('own-box', class extends HTMLElement {
        static formAssociated = true
        constructor() { super(); this.tabIndex = 0; this.attachInternals().setValidity({ valueMissing: true }, 'Fill this in', this) }
      })`,
      script: holds
    })
    await own.press()
    assert.deepEqual(await went(), [])
  })

  for (const [what, config, name] of [
    ['config.subsets', { subsets: { '#find': ['organisation.postcod'] } }, /organisation\.postcod"/],
    ['config.messages', { messages: { 'ORG-001@organisaton.name': 'Your name' } }, /organisaton\.name"/]
  ]) {
    test(`a name that is none in ${what} is told, not swallowed`, async () => {
      const text = JSON.stringify({ today: '2026-11-22', fields: { code }, ...config })
      await own.open(pageOf(formOf(box('ods'))), { config: `{ ...${text}, onError: (error) => { window.told = error.message } }`, waits: false })
      await own.made()
      assert.match(await own.run(() => component().ready.then(() => window.told)), name)
      assert.equal(await own.run(() => component().state), 'unavailable')
    })
  }

  for (const [what, config, told] of [
    ['a bound that no number has', "fields: { a: { kind: 'text', min: -1 } }", 'config.fields["a"].min: expected a whole number from 0 to 999999999, found -1'],
    ['a value that stands for nothing', "fields: { a: { kind: 'choice', values: { x: undefined } } }", 'config.fields["a"].values.x: expected a text, found undefined'],
    ['a policy with a name like a novel', `policy: '${'p'.repeat(1000)}'`, `found "${'p'.repeat(100)}"`]
  ]) {
    test(`${what} is told in a few words`, async () => {
      await own.open(pageOf(formOf(box('ods'))), { config: `{ today: '2026-11-22', ${config}, onError: (error) => { window.told = error.message } }`, waits: false })
      await own.made()
      const message = await own.run(() => component().ready.then(() => window.told))
      assert.ok(message.includes(told) && message.length < 400, message)
    })
  }

  test('a name that is none in validate({ only }), and what is no list, is told', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields: { code } } })
    const said = (only) =>
      own.run((only) => {
        try {
          return String(component().validate({ only }).outcome)
        } catch (error) {
          return error.message
        }
      }, only)
    assert.match(await said(['organisaton.name']), /organisaton\.name/)
    assert.match(await said('code'), /validate\(\{ only \}\): expected a list of questions, found a string/)
    assert.equal(await said(['code']), 'reject')
  })
})

describe('nobody is harmed', () => {
  test('a report can be logged and copied on a page whose elements hold what was typed', async () => {
    await own.open(pageOf(formOf(box('ods', { attributes: 'value="LS1 4AP"' }))), { config: { fields: { code } } })
    const { text, copied, targets } = await own.run(() => {
      const control = document.querySelector('#ods')
      // As frameworks keep their books.
      control.__props = { value: control.value, back: control }
      const report = component().validate()
      return { text: JSON.stringify(report), copied: structuredClone(report).findings.length, targets: report.findings[0].targets.map(({ id }) => id) }
    })
    assert.doesNotMatch(text, /LS1|targets/)
    assert.equal(copied, 1)
    assert.deepEqual(targets, ['ods'])
  })

  test('an onError that throws changes nothing else', async () => {
    await own.open(pageOf(formOf(box('ods'))), {
      config: "{ today: '2026-11-22', nonsense: 1, whileLoading: 'wait', onError() { throw new Error('of the page') } }",
      waits: false
    })
    await own.made()
    assert.equal(await own.run(() => component().ready.then(() => 'resolved', () => 'rejected')), 'resolved')
    assert.equal((await own.events()).filter(({ name }) => name === 'ncrs:unavailable').length, 1)
  })

  for (const [what, head, title] of [
    ['with white space in it', '', '\n  A form\n'],
    ['that is empty', '', '']
  ]) {
    test(`a title ${what} is as it was`, async () => {
      await own.open(pageOf(formOf(box('ods')), { title, head }), { config: { fields: { code } } })
      const text = () => own.run(() => document.querySelector('title').textContent)
      const before = await text()
      await own.press()
      await own.press()
      assert.equal(await own.run(() => document.title), title.trim() === '' ? '' : `Error: ${title.trim()}`)
      await own.run(() => component().destroy())
      assert.equal(await text(), before)
    })
  }

  test('an id with a space in it gives the message one that can be named', async () => {
    await own.open(pageOf(formOf('<label for="my code">Code</label><input id="my code" name="ods">')), { config: { fields: { code } } })
    await own.press()
    assert.equal(await own.run(() => document.getElementById(document.querySelector('input').getAttribute('aria-describedby'))?.textContent), 'Error: Enter ODS code')
  })

  test('an attribute that the page took away stays away after destroy()', async () => {
    await own.open(pageOf(formOf('<label for="ods">Code</label><input id="ods" name="ods">')), { config: { fields: { code } } })
    await own.press()
    await own.run(() => {
      for (const name of ['class', 'aria-describedby']) document.querySelector('#ods').removeAttribute(name)
      component().destroy()
    })
    assert.equal(await own.run(() => document.querySelector('#ods').outerHTML), '<input id="ods" name="ods">')
  })
})
