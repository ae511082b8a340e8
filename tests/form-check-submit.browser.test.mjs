// When is a form judged, when is it let go, and what does the page learn of it?

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, startOwnPages } from './pages/own.mjs'
import { lacks } from './pages/serving.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

const code = { name: 'ods', kind: 'ods-code', required: true, label: 'ODS code' }
const nameBox = { name: 'person', kind: 'text', required: true, label: 'Name' }
const missing = 'Enter ODS code'

/** Names of the events of the last press that the page saw before it left. */
async function lastEvents() {
  const list = await own.events()
  const press = Math.max(0, ...list.map((one) => one.press))
  return list.filter((one) => one.press === press).map(({ name }) => name)
}

async function assertSent(pairs, names) {
  const posts = await own.posts(1)
  assert.deepEqual(posts.map((post) => post.pairs), [pairs])
  if (!names) return
  // What a page wrote down as it left reaches the next one a moment later: what was read once is not asked again.
  const late = Date.now() + 5000
  let seen = await lastEvents()
  while (seen.length < names.length && Date.now() < late) {
    await own.driver.sleep(50)
    seen = await lastEvents()
  }
  assert.deepEqual(seen, names)
}

async function assertStopped(entries) {
  const seen = await own.glance()
  assert.deepEqual(seen.entries, entries)
  assert.deepEqual(seen.messages, entries)
  assert.deepEqual(seen.wrong, [])
  assert.deepEqual(await own.posts(0), [])
}

describe('buttons that never judge', () => {
  for (const [what, button, config, extra = ''] of [
    ['the attribute', '<button id="later" name="next" value="later" data-ncrs-bypass>Later</button>', {}],
    ['the configuration', '<button id="later" name="next" value="later">Later</button>', { bypass: '[value=later]' }],
    ['formnovalidate, where another button lacks it', '<button id="later" name="next" value="later" formnovalidate>Later</button>', {}],
    ['an input that is named in the configuration', '<input type="submit" id="later" name="next" value="later">', { bypass: '#later' }]
  ]) {
    test(what, async () => {
      await own.open(pageOf(formOf(box('ods') + button) + extra), { config: { fields: { code }, ...config } })
      await own.press('#later')
      await assertSent([['ods', ''], ['next', 'later']], ['ncrs:bypass'])
    })
  }

  test('a button outside the form that lacks formnovalidate is another button of the form', async () => {
    const form = '<form id="f" method="post" action="/submit">' + box('ods') + '<button id="later" name="next" value="later" formnovalidate>Later</button></form><button form="f" id="send">Send</button>'
    await own.open(pageOf(form), { config: { fields: { code } } })
    await own.press('#send')
    await assertStopped([missing])
    await own.press('#later')
    await assertSent([['ods', ''], ['next', 'later']], ['ncrs:bypass'])
  })

  test('formnovalidate on every button says nothing', async () => {
    const form = '<form method="post" action="/submit">' + box('ods') + '<button id="send" formnovalidate>Send</button><input type="submit" value="Later" formnovalidate></form>'
    await own.open(pageOf(form), { config: { fields: { code } } })
    await own.press('#send')
    await assertStopped([missing])
  })

  test('the event names the button', async () => {
    await own.open(pageOf(formOf(box('ods') + '<button id="later" data-ncrs-bypass>Later</button>', 'target="frame"') + '<iframe name="frame" title="answer"></iframe>'), { config: { fields: { code } } })
    await own.press('#later')
    await own.posts(1)
    assert.equal(await own.run(() => kit.events.at(-1).event.detail.submitter === document.querySelector('#later')), true)
  })

  test('a button with a subset is about that alone', async () => {
    const fields = { code, person: nameBox }
    await own.open(pageOf(formOf(box('ods') + box('person') + '<button id="find" formaction="/find">Find</button>')), { config: { fields, subsets: { '#find': ['code'] } } })
    await own.press('#find')
    await assertStopped([missing])
    await own.press('#send')
    await assertStopped([missing, 'Enter name'])
    await own.do({ fill: ['#ods', 'a81001'] }, { click: '#find' })
    await assertSent([['ods', 'a81001'], ['person', '']], ['ncrs:check', 'ncrs:valid'])
    assert.equal(own.server.posts[0].path, '/find')
  })
})

describe('while the rules are loading', () => {
  const form = pageOf(formOf(box('ods') + '<button id="named" name="which" value="this">This</button>'))

  test('the form goes, unless the page wants to wait', async () => {
    await own.open(form, { config: { fields: { code } }, wasm: 'slow', waits: false })
    assert.equal(await own.made(), 'loading')
    await own.press('#named')
    await assertSent([['ods', ''], ['which', 'this']])
    // A page that leaves breaks off its downloads; Firefox and WebKit let it hear of that.
    assert.deepEqual((await lastEvents()).filter((name) => name !== 'ncrs:unavailable'), [])
  })

  test('a press that waits is judged when the rules are there', async () => {
    await own.open(form, { config: { fields: { code }, whileLoading: 'wait' }, wasm: 'slow', waits: false })
    assert.equal(await own.made(), 'loading')
    await own.press('#named')
    assert.deepEqual(await own.posts(0), [])
    own.server.release()
    await own.run(() => component().ready.then(() => new Promise((done) => setTimeout(done, 50))))
    await assertStopped([missing])
  })

  test('a press that waits keeps its button, and is sent once however often it is pressed', async () => {
    await own.open(form, { config: { fields: { code }, whileLoading: 'wait' }, wasm: 'slow', waits: false })
    await own.made()
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#named' }, { click: '#named' })
    assert.deepEqual(await own.posts(0), [])
    own.server.release()
    await assertSent([['ods', 'A81001'], ['which', 'this']])
  })

  test('a press that waits is let go when the rules cannot start', async () => {
    await own.open(form, { config: { fields: { code }, whileLoading: 'wait' }, wasm: 'slow then missing', waits: false })
    await own.made()
    await own.press('#named')
    assert.deepEqual(await own.posts(0), [])
    own.server.release()
    await assertSent([['ods', ''], ['which', 'this']])
  })

  test('a press that waits is let go when the page takes the component away', async () => {
    await own.open(form, { config: { fields: { code }, whileLoading: 'wait' }, wasm: 'slow', waits: false })
    await own.made()
    await own.press('#named')
    await own.run(() => void setTimeout(() => component().destroy()))
    await assertSent([['ods', ''], ['which', 'this']])
  })

  test('nobody waits longer than five seconds', async () => {
    await own.open(form, { config: { fields: { code }, whileLoading: 'wait' }, wasm: 'slow', waits: false })
    await own.made()
    const pressed = Date.now()
    await own.press('#named')
    await assertSent([['ods', ''], ['which', 'this']])
    const waited = Date.now() - pressed
    assert.ok(waited > 4000 && waited < 8000, `${waited} ms`)
  })
})

describe('checks of the browser itself', () => {
  const required = box('other', { attributes: 'required' })
  const withBubbles = (content) => pageOf(`<form method="post" action="/submit">${content}<button id="send">Send</button></form>`)

  test('a control that nobody maps keeps its own check, once ours has nothing to say', async () => {
    await own.open(withBubbles(box('ods', { attributes: 'required' }) + required), { config: { fields: { code } } })
    assert.equal(await own.run(() => kit.form.hasAttribute('novalidate')), true)
    await own.press()
    await assertStopped([missing])
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    const seen = await own.glance()
    assert.deepEqual(seen.entries, [])
    assert.equal(seen.focus, 'input#other[name="other"]')
    assert.deepEqual(seen.events.filter((name) => name === 'ncrs:valid'), [], 'the form did not go')
    assert.deepEqual(await own.posts(0), [])
    await own.do({ fill: ['#other', 'x'] }, { click: '#send' })
    await assertSent([['ods', 'A81001'], ['other', 'x']])
  })

  test('a page that switched the bubbles off itself is not asked', async () => {
    await own.open(pageOf(formOf(box('ods') + required)), { config: { fields: { code } } })
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    await assertSent([['ods', 'A81001'], ['other', '']])
  })

  test('the check that we judge is not asked of the browser too', async () => {
    await own.open(withBubbles(box('ods', { attributes: 'required pattern="[0-9]+"' })), { config: { fields: { code } } })
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    await assertSent([['ods', 'A81001']])
  })

  test('destroy gives the browser its bubbles back', async () => {
    await own.open(withBubbles(box('ods', { attributes: 'required' })), { config: { fields: { code } } })
    assert.equal((await own.destroyed()).same, true)
    await own.press()
    assert.equal((await own.glance()).focus, 'input#ods[name="ods"]')
    assert.deepEqual(await own.posts(0), [])
  })
})

describe('other people listening', () => {
  const fields = { code }

  test('whoever cancelled before us is obeyed', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields }, earlier: "document.addEventListener('submit', (event) => event.preventDefault(), true)" })
    await own.press()
    const seen = await own.glance()
    assert.deepEqual([seen.entries, seen.events], [[], []])
  })

  test('nobody behind us hears of a submit that we stopped, and everybody of one that goes', async () => {
    const earlier = "window.heard = []; for (const [name, at] of [['form', document.querySelector('form')], ['document', document]]) at.addEventListener('submit', (event) => { heard.push(name, event.defaultPrevented, event.submitter?.id); event.preventDefault() })"
    await own.open(pageOf(formOf(box('ods'))), { config: { fields }, earlier })
    await own.press()
    assert.deepEqual(await own.run(() => window.heard), [])
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    assert.deepEqual(await own.run(() => window.heard), ['form', false, 'send', 'document', true, 'send'])
  })

  test('a page can add a finding of its own', async () => {
    const script = "document.addEventListener('ncrs:check', (event) => event.detail.add({ question: 'person', rule: 'OURS-1', severity: 'error', message: 'Name must be known to us' }))"
    await own.open(pageOf(formOf(box('ods') + box('person'))), { config: { fields: { code, person: { ...nameBox, required: false } } }, script })
    await own.press()
    await assertStopped([missing, 'Name must be known to us'])
    assert.deepEqual((await own.glance()).events, ['ncrs:check', 'ncrs:invalid'])
    const { errors, targets } = await own.run(() => {
      const { report } = kit.events.at(-1).event.detail
      return { errors: report.findings.map(({ rule }) => rule), targets: report.findings.map((finding) => finding.targets.map(({ id }) => id)) }
    })
    assert.deepEqual(errors, ['ANS-001', 'OURS-1'])
    assert.deepEqual(targets, [['ods'], ['person']])
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    await assertStopped(['Name must be known to us'])
  })

  test('what cancels the check lets the form go unjudged', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields }, script: "document.addEventListener('ncrs:check', (event) => event.preventDefault())" })
    await own.press()
    await assertSent([['ods', '']], ['ncrs:check'])
  })

  test('a form that a script sends is judged as well', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields } })
    await own.run(() => kit.form.requestSubmit())
    await assertStopped([missing])
    await own.run(() => {
      document.querySelector('#ods').value = 'A81001'
      setTimeout(() => kit.form.requestSubmit(document.querySelector('#send')), 20)
    })
    await assertSent([['ods', 'A81001']])
  })

  test('the key Enter in a box judges like the button', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields } })
    await own.do({ press: ['#ods', 'Enter'] })
    await assertStopped([missing])
    await own.do({ fill: ['#ods', 'A81001'] }, { press: ['#ods', 'Enter'] })
    await assertSent([['ods', 'A81001']], ['ncrs:check', 'ncrs:valid'])
  })

  test('typing and leaving a box judge nothing', async () => {
    await own.open(pageOf(formOf(box('ods') + box('person'))), { config: { fields: { code, person: nameBox } } })
    await own.do({ type: ['#ods', '!!'] }, { press: ['#ods', 'Tab'] }, { type: ['#person', 'x'] })
    const seen = await own.glance()
    assert.deepEqual([seen.entries, seen.messages, seen.events], [[], [], ['ncrs:ready']])
    await own.press()
    const before = await own.glance()
    assert.equal(before.entries.length, 1)
    await own.do({ fill: ['#ods', 'A81001'] }, { press: ['#ods', 'Tab'] })
    assert.deepEqual((await own.glance()).entries, before.entries, 'nothing disappears before the next submit')
  })
})

describe('severities', () => {
  test('a stop is reported and lets the form go', async () => {
    const country = '<select name="country" id="country"><option value="england">England</option><option value="scotland" selected>Scotland</option></select>'
    await own.open(pageOf(formOf(country)), { config: { fields: { 'organisation.country': { name: 'country' } } }, script: "window.addEventListener('ncrs:valid', ({ detail }) => sessionStorage.setItem('outcome', JSON.stringify([detail.report.outcome, detail.report.findings.map(({ rule }) => rule)])))" })
    await own.press()
    await assertSent([['country', 'scotland']], ['ncrs:check', 'ncrs:valid'])
    assert.deepEqual(JSON.parse(await own.driver.executeScript("return sessionStorage.getItem('outcome')")), ['stop', ['ORG-005']])
  })

  test('a stop beside an error is no error itself', async () => {
    const country = '<select name="country" id="country"><option value="scotland" selected>Scotland</option></select>'
    await own.open(pageOf(formOf(country + box('ods'))), { config: { fields: { 'organisation.country': { name: 'country' }, code } } })
    await own.press()
    const seen = await own.glance()
    assert.deepEqual(seen.events, ['ncrs:check', 'ncrs:invalid'])
    assert.deepEqual(seen.messages, [missing])
  })
})

describe('the instance', () => {
  const config = { fields: { code, person: nameBox } }
  const page = pageOf(formOf(box('ods') + box('person')))

  test('validate() without show changes nothing and fires nothing', async () => {
    await own.open(page, { config })
    const seen = await own.run(() => {
      const markup = document.documentElement.outerHTML
      const count = kit.events.length
      const report = component().validate()
      return {
        same: document.documentElement.outerHTML === markup && document.activeElement === document.body,
        fired: kit.events.length - count,
        findings: report.findings.map(({ question, rule, targets }) => [question, rule, targets.map(({ id }) => id)]),
        outcome: report.outcome,
        form: report.form
      }
    })
    assert.deepEqual(seen, { same: true, fired: 0, findings: [['code', 'ANS-001', ['ods']], ['person', 'ANS-001', ['person']]], outcome: 'reject', form: 'ncrs-onboarding' })
  })

  test('validate({ show }) does what a submit does', async () => {
    await own.open(page, { config })
    await own.run(() => component().validate({ show: true }))
    const seen = await own.glance()
    assert.deepEqual([seen.entries, seen.messages, seen.events.filter((name) => name !== 'ncrs:ready'), seen.title], [[missing, 'Enter name'], [missing, 'Enter name'], ['ncrs:check', 'ncrs:invalid'], 'Error: A form'])
    assert.match(seen.focus, /^div/)
    await own.run(() => {
      document.querySelector('#ods').value = 'A81001'
      document.querySelector('#person').value = 'x'
      component().validate({ show: true })
    })
    const good = await own.glance()
    assert.deepEqual([good.entries, good.title, good.events.at(-1)], [[], 'A form', 'ncrs:valid'])
  })

  test('validate({ only }) is about these questions', async () => {
    await own.open(page, { config })
    assert.deepEqual(await own.run(() => component().validate({ only: ['person'] }).findings.map(({ question }) => question)), ['person'])
  })

  test('validate() throws before the component is ready, and when it cannot be', async () => {
    const attempt = () => {
      try {
        component().validate()
        return 'no fault'
      } catch (error) {
        return error instanceof Error
      }
    }
    await own.open(page, { config, wasm: 'slow', waits: false })
    await own.made()
    assert.equal(await own.run(attempt), true)
    await own.open(page, { config, wasm: 'missing' })
    assert.equal(await own.run(attempt), true)
  })

  test('describe() says which control answers what', async () => {
    const fields = { code, nobody: { name: 'nobody', kind: 'text' }, 'organisation.name': { selector: '#person' } }
    await own.open(pageOf(formOf(box('ods') + box('person', { label: 'Name of the practice' }) + box('stranger'))), { config: { fields } })
    const seen = await own.run(() => {
      const { fields, notFound, unmapped } = component().describe()
      return { fields: Object.fromEntries(Object.entries(fields).map(([question, { controls, by, label }]) => [question, { controls: controls.map(({ id }) => id), by: typeof by, label }])), notFound, unmapped }
    })
    assert.deepEqual(seen, {
      fields: { code: { controls: ['ods'], by: 'string', label: 'ODS code' }, 'organisation.name': { controls: ['person'], by: 'string', label: 'Name of the practice' } },
      notFound: ['nobody'],
      unmapped: ['stranger']
    })
  })

  test('destroy() while loading cancels, and may be called twice', async () => {
    await own.open(page, { config, wasm: 'slow', waits: false })
    await own.made()
    const state = await own.run(() => {
      component().destroy()
      component().destroy()
      return component().state
    })
    assert.equal(state, 'destroyed')
    own.server.release()
    await own.run(() => component().ready.then(() => new Promise((done) => setTimeout(done, 100))))
    assert.deepEqual(await own.run(() => [component().state, kit.events.map(({ name }) => name)]), ['destroyed', []])
    assert.equal((await own.destroyed()).same, true)
    await own.press()
    await assertSent([['ods', ''], ['person', '']], [])
  })

  test('a form that was given back can be taken again', async () => {
    await own.open(page, { config })
    await own.press()
    await own.run(async (fields) => {
      component().destroy()
      kit.second = new FormCheck(kit.form, { today: '2026-11-22', fields })
      await kit.second.ready
    }, { code })
    await own.press()
    await assertStopped([missing])
    assert.deepEqual((await own.glance()).events, ['ncrs:check', 'ncrs:invalid'])
  })

  test('the constructor throws for what is no form and for a form that is taken, and for nothing else', async () => {
    await own.open(page, { config })
    const seen = await own.run(() =>
      [document.body, null, undefined, 'form', kit.form].map((given) => {
        try {
          new FormCheck(given, {})
          return 'no fault'
        } catch (error) {
          return error instanceof Error && error.message.length > 20
        }
      })
    )
    assert.deepEqual(seen, [true, true, true, true, true])
  })

  for (const [what, config] of [
    ['a field of no kind', { fields: { stranger: { name: 'ods' } } }],
    ['a kind that there is not', { fields: { stranger: { name: 'ods', kind: 'colour' } } }],
    ['a form that there is not', { form: 'passport', fields: { code } }],
    ['a profile that names nothing', { profile: { drop: ['organisation.colour'] }, fields: { code } }],
    ['a day that there is not', { today: '2026-13-45', fields: { code } }],
    ['a policy that there is not', { policy: 'mine', fields: { code } }],
    ['a selector that cannot be read', { fields: { code: { selector: '>>', kind: 'text' } } }]
  ]) {
    test(`${what} is a fault of the page: it is told, and the form goes`, async () => {
      const text = `{ today: '2026-11-22', ...${JSON.stringify(config)}, onError: (fault) => { window.fault = [fault instanceof Error, fault.message] } }`
      const started = await own.open(pageOf(formOf(box('ods'))), { config: text })
      assert.equal(started.state, 'unavailable')
      assert.deepEqual(started.now, started.before)
      const [isError, message] = await own.run(() => window.fault ?? [])
      assert.equal(isError, true)
      assert.ok(message.length > 20, message)
      assert.deepEqual((await own.events()).map(({ name, reason }) => [name, reason]), [['ncrs:unavailable', 'config']])
      // A developer is told in one line; nothing is an error of the page.
      const { wrong } = await own.glance()
      assert.ok(wrong.length <= 1 && wrong.every((line) => line.startsWith('console.warn: ncrs-form-check')), wrong.join())
      await own.press()
      await assertSent([['ods', '']])
    })
  }

  test('ready and valid are told to whoever listens further up', async () => {
    await own.open(page, { config })
    const seen = await own.run(() => kit.events.map(({ name, event, atForm }) => [name, event.bubbles, event.composed, event.cancelable, atForm]))
    assert.deepEqual(seen, [['ncrs:ready', true, true, false, true]])
  })
})

describe('where WebAssembly is refused', { skip: lacks('./js') }, () => {
  const page = pageOf(formOf(box('ods')))
  for (const policy of ['none', 'strict']) {
    test(`the other build takes over if the page wants it (policy: ${policy})`, async () => {
      const started = await own.open(page, { config: { fields: { code }, fallback: 'js' }, policy, wasm: policy === 'none' ? 'missing' : 'good' })
      assert.equal(started.state, 'ready')
      await own.press()
      const seen = await own.glance()
      assert.deepEqual([seen.entries, seen.messages], [[missing], [missing]])
      assert.deepEqual((await own.events()).filter(({ name }) => name === 'ncrs:unavailable'), [])
    })
  }
})
