// Which rules does a page fetch? The small file where its form is the standard one, and the whole one where the page says something of its own.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, startOwnPages } from './pages/own.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

const STANDARD = '/pkg/wasm/ncrs_form_check_standard.wasm'
const WHOLE = '/pkg/wasm/ncrs_form_check_bg.wasm'

const fetched = () => own.server.requests.flatMap((request) => request.match(/\/pkg\/.*$/) ?? [])
const binaries = () => fetched().filter((request) => request.endsWith('.wasm'))

const SCRIPT = '/pkg/js/rules-standard.js'
const WHOLE_SCRIPT = '/pkg/js/rules.js'

const question = 'organisation.ods_code'
const page = pageOf(formOf(box(question, { label: 'ODS code' })))
const form = 'ods-code'
const missing = 'Enter your ODS code'
/** What JSON cannot hold is written as a program. */
const withForm = (config) => (typeof config === 'string' ? config : { form, ...config })

describe('a form that is the standard one', () => {
  const configurations = {
    'without a word': {},
    'with what the rules know by name': { policy: 'gp_connect', language: 'cy', suggestions: true },
    'with its own names and values': { fields: { [question]: { name: question, values: { x: 'A81001' }, emptyValues: ['-'] } } },
    'with everything that changes no rule': { subsets: { '#none': [question] }, bypass: '#none', fallback: 'js', whileLoading: 'wait', prefix: 'nhsuk', ariaInvalid: true, disableAutoFocus: true },
    'with settings that are there and undefined': '{ form: "ods-code", profile: undefined, messages: undefined, fields: { "organisation.ods_code": { required: undefined } } }'
  }
  for (const [name, config] of Object.entries(configurations)) {
    test(name, async () => {
      const { state } = await own.open(page, { config: withForm(config) })
      assert.equal(state, 'ready')
      await own.press()
      assert.equal((await own.glance()).entries.length, 1)
      assert.deepEqual(fetched(), ['/pkg/dist/index.js', STANDARD])
    })

    test(`${name}, without WebAssembly`, async () => {
      await own.open(page, { config: withForm(config), entry: './js', policy: 'strict' })
      await own.press()
      assert.equal((await own.glance()).entries.length, 1)
      assert.deepEqual(fetched(), ['/pkg/dist/js.js', SCRIPT])
    })
  }

  test('a file that was not copied is a network fault, and the form goes', async () => {
    const { state } = await own.open(page, { config: { form }, wasm: 'missing' })
    assert.equal(state, 'unavailable')
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('so it is without WebAssembly, also in a browser that has none', async () => {
    await own.open(page, { config: { form }, entry: './js', wasm: { [SCRIPT]: 'missing' }, earlier: 'delete globalThis.WebAssembly' })
    assert.deepEqual((await own.events()).map(({ name, reason }) => [name, reason]), [['ncrs:unavailable', 'network']])
  })

  test('a browser without WebAssembly is told so, or takes the other build', async () => {
    await own.open(page, { config: { form }, earlier: 'delete globalThis.WebAssembly' })
    assert.deepEqual((await own.events()).map(({ name, reason }) => [name, reason]), [['ncrs:unavailable', 'unsupported']])
    const { state } = await own.open(page, { config: { form, fallback: 'js' }, earlier: 'delete globalThis.WebAssembly' })
    assert.equal(state, 'ready')
  })

  test('what is written into the configuration later is for the next component', async () => {
    const config = `(window.config = { form: 'ods-code', today: '2026-11-22', fields: { 'organisation.ods_code': { name: 'organisation.ods_code' } } })`
    await own.open(page, { config })
    const messages = await own.run(() => {
      window.config.fields['organisation.ods_code'].label = 'code of your practice'
      window.config.fields.other = { selector: '#send', kind: 'text', required: true }
      component().refresh()
      return [component().state, ...component().validate().findings.map(({ message }) => message)]
    })
    assert.deepEqual(messages, ['ready', missing])
  })
})

describe('a form that the page changes', () => {
  const configurations = {
    'by a profile': { profile: {} },
    'by its own words': { messages: { 'ORG-002': missing } },
    'by rows of the calendar': { calendar: [] },
    'by rows of the policies': { policies: [] },
    'by rows of the lists': { lists: [] },
    'by what a field has of its class': '{ form: "ods-code", fields: { "organisation.ods_code": Object.create({ required: false }) } }',
    'by a question of its own': { fields: { other: { name: 'other', kind: 'text' } } },
    ...Object.fromEntries(
      Object.entries({ label: 'ODS code', required: true, when: { field: question, is: 'x' }, maxCharacters: 20, kind: 'ods-code' }).map(([key, value]) => [`by ${key} of a question of ours`, { fields: { [question]: { [key]: value } } }])
    )
  }
  for (const [name, config] of Object.entries(configurations)) {
    test(name, async () => {
      await own.open(page, { config: withForm(config) })
      assert.deepEqual(fetched(), ['/pkg/dist/index.js', WHOLE])
    })

    test(`${name}, without WebAssembly`, async () => {
      await own.open(page, { config: withForm(config), entry: './js', policy: 'strict' })
      assert.deepEqual(fetched(), ['/pkg/dist/js.js', WHOLE_SCRIPT])
    })
  }
})

describe('a page that falls back to the other build', () => {
  for (const [name, config, script] of [['standard', {}, SCRIPT], ['changed', { profile: {} }, WHOLE_SCRIPT]]) {
    test(name, async () => {
      const { state } = await own.open(page, { config: { form, fallback: 'js', ...config }, policy: 'strict' })
      assert.equal(state, 'ready')
      assert.deepEqual(fetched().filter((file) => !file.endsWith('.wasm')), ['/pkg/dist/index.js', script])
    })
  }
})

describe('several forms on a page', () => {
  const two = pageOf(['one', 'two'].map((id) => `<form id="${id}" method="post" action="/submit"><input name="${question}" aria-label="Code"><button>Send</button></form>`).join(''))
  const construct = (first, second) => `const of = (id, config) => new api.FormCheck(document.getElementById(id), { today: '2026-11-22', form: 'ods-code', ...config })
    const one = of('one', ${JSON.stringify(first)})
    ${second.waits ? 'await one.ready' : ''}
    const two = of('two', ${JSON.stringify(second.config)})
    ours.look({ root: document.querySelector('form') })
    window.both = [one, two]
    ours.adopt(one)`
  const messages = () => own.run(async () => {
    await Promise.all(window.both.map(({ ready }) => ready))
    return window.both.map((check) => check.validate().findings.map(({ message }) => message).join())
  })
  const changed = { messages: { 'ORG-002': 'Enter a code of three to eight' } }

  test('both standard: one file', async () => {
    await own.open(two, { script: construct({}, { config: {} }) })
    assert.deepEqual(await messages(), [missing, missing])
    assert.deepEqual(binaries(), [STANDARD])
  })

  test('the second is changed: each has its rules', async () => {
    await own.open(two, { script: construct({}, { config: changed, waits: true }) })
    assert.deepEqual(await messages(), [missing, changed.messages['ORG-002']])
    assert.deepEqual(binaries(), [STANDARD, WHOLE])
  })

  test('the second is changed, and made together with the first: one file', async () => {
    await own.open(two, { script: construct({}, { config: changed }) })
    assert.deepEqual(await messages(), [missing, changed.messages['ORG-002']])
    assert.deepEqual(binaries(), [WHOLE])
  })

  test('the file for all of them does not arrive: who has begun with another stays with it', async () => {
    await own.open(two, { script: `const standard = () => new api.FormCheck(document.getElementById('one'), { today: '2026-11-22', form: 'ods-code' })
      const first = standard()
      await first.ready
      first.destroy()
      const failing = new api.FormCheck(document.getElementById('two'), { today: '2026-11-22', form: 'ods-code', messages: {}, onError() {} })
      const again = standard()
      ours.look({ root: document.querySelector('form') })
      window.both = [again, failing]
      ours.adopt(again)`, wasm: { [WHOLE]: 'missing' } })
    assert.deepEqual(await own.run(async () => {
      await Promise.all(window.both.map(({ ready }) => ready))
      return window.both.map(({ state }) => state)
    }), ['ready', 'unavailable'])
    assert.deepEqual(binaries(), [STANDARD, WHOLE])
  })

  test('the first is changed: the second has all it needs', async () => {
    await own.open(two, { script: construct(changed, { config: {} }) })
    assert.deepEqual(await messages(), [changed.messages['ORG-002'], missing])
    assert.deepEqual(binaries(), [WHOLE])
  })
})

test('a page that starts the rules itself has all it needs, also while they start', async () => {
  for (const begins of ['await api.init()', 'api.init()']) {
    await own.open(page, { script: `${begins}\nours.construct(api, document.querySelector('form'), { today: '2026-11-22', form: 'ods-code' })` })
    await own.made()
    assert.equal(await own.run(async () => {
      await component().ready
      return component().validate().findings[0].message
    }), missing)
    assert.deepEqual(binaries(), [WHOLE])
  }
})

test('a start that failed is no start: the form asks for its own file', async () => {
  const script = `await api.init({ module: '/pkg/wasm/nothing.wasm' }).catch(() => {})
    ours.construct(api, document.querySelector('form'), { today: '2026-11-22', form: 'ods-code' })`
  await own.open(page, { script })
  await own.made()
  assert.equal(await own.run(async () => {
    await component().ready
    return component().state
  }), 'ready')
  assert.deepEqual(binaries(), ['/pkg/wasm/nothing.wasm', STANDARD])
})
