// Does the component hold on pages that nobody would write on purpose, with names, texts, sizes and moments that break other software?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, startOwnPages } from './pages/own.mjs'

const naughty = JSON.parse(await readFile(new URL('./hostile/blns.json', import.meta.url), 'utf8'))

let own
before(async () => {
  own = await startOwnPages()
  // Half a thousand pages in one.
  await own.driver.manage().setTimeouts({ script: 120_000 })
})
after(() => own?.stop())

const code = { name: 'ods', kind: 'ods-code', required: true, label: 'ODS code' }
const missing = 'Enter ODS code'

describe('names that hide a property of the form or of every object', () => {
  const names = [
    'submit', 'action', 'elements', 'method', 'target', 'name', 'id', 'length', 'novalidate', 'noValidate', 'requestSubmit', 'reportValidity', 'checkValidity', 'addEventListener',
    'removeEventListener', 'dispatchEvent', 'getAttribute', 'setAttribute', 'removeAttribute', 'hasAttribute', 'querySelector', 'querySelectorAll', 'closest', 'matches', 'parentNode',
    'parentElement', 'children', 'childNodes', 'firstChild', 'ownerDocument', 'getRootNode', 'isConnected', 'contains', 'insertBefore', 'append', 'tagName', 'localName', 'nodeType',
    'nodeName', 'dataset', 'classList', 'lang', 'dir', 'attributes', 'style', 'compareDocumentPosition', 'ownerDocument', 'constructor', '__proto__', 'prototype', 'toString', 'valueOf',
    'hasOwnProperty', 'then', 'isPrototypeOf', '0', '', ' ', 'a b', 'a"b', "a'b", 'a]b', 'a\\b', 'a.b', '#a', '*', 'a[b][*]', '\u0000', 'ü', '😀'
  ]
  const controls = names.map((name, index) => `<p><label for="c${index}">Control ${index}</label><input id="c${index}" name="${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" value=""></p>`).join('')

  // A driver's own pointer looks for what lies above a control, and is led in circles by a field called `parentNode`.
  const pressByScript = () => own.run(() => document.querySelector('#send').click())
  // A page that leaves answers no more.
  const pressToSend = () => own.run(() => void setTimeout(() => document.querySelector('#send').click()))

  test('the form is judged, and every error finds its control', async () => {
    const fields = Object.fromEntries(names.map((name, index) => [`field_${index}`, { selector: `#c${index}`, kind: 'text', required: true }]))
    const { state } = await own.open(pageOf(formOf(controls)), { config: { fields } })
    assert.equal(state, 'ready')
    await pressByScript()
    const seen = await own.glance()
    assert.deepEqual(seen.wrong, [])
    assert.deepEqual(seen.entries, names.map((_, index) => `Enter control ${index}`))
    assert.deepEqual(await own.run(() => kit.events.at(-1).event.detail.report.findings.map(({ targets }) => targets[0].id)), names.map((_, index) => `c${index}`))
    const { same, was, now } = await own.destroyed()
    assert.equal(same, true, `${was}\n${now}`)
  })

  test('the form is sent with all of them', async () => {
    await own.open(pageOf(formOf(controls)), { config: { fields: { first: { selector: '#c0', kind: 'text', required: true } } } })
    await pressByScript()
    assert.deepEqual((await own.glance()).entries, ['Enter control 0'])
    await own.run(() => {
      document.querySelector('#c0').value = 'x'
    })
    await pressToSend()
    const posts = await own.posts(1)
    assert.equal(posts.length, 1)
    assert.deepEqual(posts[0].pairs[0], ['submit', 'x'])
  })

  test('keys of the configuration that are properties of every object', async () => {
    const fields = `JSON.parse('{ "__proto__": { "name": "a", "kind": "text", "required": true }, "constructor": { "name": "b", "kind": "text", "required": true }, "toString": { "name": "c", "kind": "text", "required": true } }')`
    await own.open(pageOf(formOf(box('a') + box('b') + box('c'))), { config: `{ today: '2026-11-22', fields: ${fields} }` })
    await pressByScript()
    assert.deepEqual((await own.glance()).entries, ['Enter a', 'Enter b', 'Enter c'])
  })

  test('a control that is found by such a name', async () => {
    const some = ['submit', 'elements', 'getAttribute', '__proto__', 'a"b', 'a]b', 'a\\b', ' ']
    const fields = Object.fromEntries(some.map((name, index) => [`field_${index}`, { name, kind: 'text', required: true }]))
    await own.open(pageOf(formOf(controls)), { config: { fields } })
    await pressByScript()
    assert.deepEqual(await own.run(() => component().describe().notFound), [])
    assert.equal((await own.glance()).entries.length, some.length)
  })
})

describe('texts', () => {
  test('none of the naughty strings in a label becomes markup or is lost', async () => {
    await own.open(pageOf(formOf(box('a'))), { config: { fields: {} } })
    const seen = await own.run(async (strings) => {
      const failures = []
      component().destroy()
      for (const [index, string] of strings.entries()) {
        const label = document.querySelector('label')
        label.textContent = string
        const before = document.querySelectorAll('script, img, svg, iframe, b, i, a, style, link').length
        const check = new FormCheck(kit.form, { today: '2026-11-22', fields: { a: { kind: 'text', required: true } } })
        await check.ready
        check.validate({ show: true })
        const [message] = document.querySelectorAll('.nhsuk-error-message')
        const [entry] = document.querySelectorAll('.nhsuk-error-summary li a')
        const words = string.replace(/\s+/g, ' ').trim()
        const read = message?.lastChild.textContent.replace(/\s+/g, ' ').trim() ?? ''
        // A label that nobody can see gives its place to the control's name. The first letter may be made small, and a label that says it is optional or ends in a mark is a shorter name.
        const isReadable = /[^\p{C}\p{Z}\s]/u.test(words)
        const kept = isReadable ? words.slice(2, 40).replace(/[:*?.!\s]+$/, '') : 'Enter a'
        if (!message || !entry) failures.push(`${index}: no error for ${string}`)
        else if (entry.textContent.replace(/\s+/g, ' ').trim() !== read) failures.push(`${index}: the summary says something else for ${string}`)
        else if (!read.includes(kept)) failures.push(`${index}: ${read} does not hold ${kept}`)
        // Our summary has one entry, and every entry one link.
        const after = document.querySelectorAll('script, img, svg, iframe, b, i, a, style, link').length
        if (after - before !== 1) failures.push(`${index}: ${after - before} new elements for ${string}`)
        check.destroy()
        if (label.textContent !== string || document.querySelector('.nhsuk-error-message, .nhsuk-error-summary')) failures.push(`${index}: something stayed of ${string}`)
      }
      return { failures: failures.slice(0, 20), number: failures.length, wrong: kit.wrong }
    }, naughty)
    assert.deepEqual(seen, { failures: [], number: 0, wrong: [] })
  })

  test('none of the naughty strings as an answer breaks a check or shows up anywhere', async () => {
    const kinds = ['ods-code', 'dspt-code', 'text', 'long-text', 'email', 'postcode', 'telephone', 'ico-number', 'whole-number', 'web-address', 'identifier']
    const fields = Object.fromEntries(kinds.map((kind) => [kind.replace('-', '_'), { kind, required: true, name: kind, label: 'Box' }]))
    await own.open(pageOf(formOf(kinds.map((kind) => `<textarea name="${kind}" aria-label="Box"></textarea>`).join(''))), { config: { fields } })
    const seen = await own.run((strings) => {
      const failures = []
      for (const string of strings) {
        for (const control of document.querySelectorAll('textarea')) control.value = string
        const held = [...document.querySelectorAll('textarea')].map(({ value }) => value)
        const report = component().validate({ show: true })
        const told = JSON.stringify(report, (key, value) => (key === 'targets' ? undefined : value))
        const shown = [...document.querySelectorAll('.nhsuk-error-message, .nhsuk-error-summary')].map((one) => one.textContent).join('\n')
        // Short ones are words of ours as well.
        if (string.length > 12 && (told.includes(JSON.stringify(string).slice(1, -1)) || shown.includes(string))) failures.push(`told or shown: ${string}`)
        if ([...document.querySelectorAll('textarea')].some(({ value }, index) => value !== held[index])) failures.push(`changed: ${string}`)
      }
      return { failures: failures.slice(0, 20), state: component().state, wrong: kit.wrong }
    }, naughty)
    assert.deepEqual(seen, { failures: [], state: 'ready', wrong: [] })
  })

  test('half a character is no fault', async () => {
    await own.open(pageOf(formOf(box('ods') + '<textarea id="long" name="long"></textarea>')), { config: { fields: { code, long: { kind: 'long-text' } } } })
    await own.run(() => {
      document.querySelector('#ods').value = 'A\ud800'
      document.querySelector('#long').value = '\udfff'.repeat(10)
      component().validate({ show: true })
    })
    const seen = await own.glance()
    assert.deepEqual([seen.entries.length, seen.wrong], [1, []])
  })
})

describe('sizes', () => {
  test('ten million characters that are pasted are too many, at once', async () => {
    await own.open(pageOf(formOf('<label for="why">Reason</label><textarea id="why" name="why"></textarea>')), { config: { fields: { why: { kind: 'long-text', required: true, maxCharacters: 400 } } } })
    // Browsers take minutes to lay out one word of that length, and seconds to lay out lines; they do it before anybody can press.
    // WebKitGTK takes minutes for lines too, so there it is a million.
    const lines = own.engine.name === 'webkit' ? 10_000 : 100_000
    await own.run((lines) => {
      document.querySelector('#why').value = `${'word '.repeat(19)}line\n`.repeat(lines)
      document.querySelector('#why').getBoundingClientRect()
    }, lines)
    const seen = await own.run(() => {
      const start = performance.now()
      const report = component().validate({ show: true })
      return { rules: report.findings.map(({ rule }) => rule), time: performance.now() - start, size: JSON.stringify(report, (key, value) => (key === 'targets' ? undefined : value)).length, length: document.querySelector('#why').value.length }
    })
    assert.deepEqual(seen.rules, ['ANS-002'])
    assert.ok(seen.size < 5000, `the report has ${seen.size} characters`)
    assert.ok(seen.time < 5000, `${seen.time} ms`)
    assert.equal(seen.length, lines * 100)
  })

  /** What a form of so many rows shows, and the least time that judging and showing took of three goes. */
  async function rowsOf(count, rowOf) {
    const rows = Array.from({ length: count }, (_, index) => rowOf(index)).join('')
    await own.open(pageOf(formOf(rows)), { config: { fields: { 'sites[].ods_code': { namePattern: 's[*][ods]', kind: 'ods-code', required: true } } } })
    return own.run(() => {
      const least = (work) =>
        Math.min(
          ...Array.from({ length: 3 }, () => {
            const start = performance.now()
            work()
            return performance.now() - start
          })
        )
      const judged = least(() => component().validate())
      const shown = least(() => component().validate({ show: true }))
      const entries = [...document.querySelectorAll('.nhsuk-error-summary li')].map((one) => one.textContent)
      return { judged, shown, seen: { last: component().validate().findings.at(-1).question, entries: entries.length, different: new Set(entries).size, messages: document.querySelectorAll('.nhsuk-error-message').length } }
    })
  }

  for (const [kind, rowOf] of [
    ['with ids', (index) => `<p><label for="r${index}">ODS code</label><input id="r${index}" name="s[${index}][ods]"></p>`],
    ['without ids', (index) => `<div><input name="s[${index}][ods]" aria-label="ODS code"></div>`]
  ]) {
    test(`two thousand rows ${kind} do not take the square of what two hundred and fifty take`, async () => {
      const few = await rowsOf(250, rowOf)
      const many = await rowsOf(2000, rowOf)
      assert.deepEqual(many.seen, { last: 'sites[1999].ods_code', entries: 2000, different: 2000, messages: 2000 })
      // Eight times the rows take eight times as long, and 64 times as long where each row looks at all of them. Between them lies a busy machine.
      for (const what of ['judged', 'shown']) assert.ok(many[what] < 24 * few[what], `${what}: ${few[what]} ms with 250 rows, ${many[what]} ms with 2,000`)
      const { same } = await own.destroyed()
      assert.equal(same, true)
    })
  }
})

describe('moments', () => {
  const page = pageOf(formOf(box('ods')))
  const config = { fields: { code } }

  test('the form is taken out of the page while the rules are loading', async () => {
    await own.open(page, { config, wasm: 'slow', waits: false })
    await own.made()
    await own.run(() => kit.form.remove())
    own.server.release()
    const seen = await own.run(async () => {
      await component().ready
      return { state: component().state, wrong: kit.wrong }
    })
    assert.ok(['ready', 'unavailable'].includes(seen.state), seen.state)
    assert.deepEqual(seen.wrong, [])
    await own.run(() => component().destroy())
  })

  test('the form is taken out of the page while errors are shown, and destroyed afterwards', async () => {
    await own.open(page, { config })
    await own.press()
    await own.run(() => {
      kit.form.remove()
      component().destroy()
    })
    const seen = await own.glance()
    assert.deepEqual([seen.title, seen.summaries, seen.wrong], ['A form', 0, []])
  })

  test('the page rewrites its main part while errors are shown', async () => {
    await own.open(page, { config })
    await own.press()
    await own.run(() => {
      for (const one of document.querySelectorAll('.nhsuk-error-summary, .nhsuk-error-message')) one.remove()
      document.title = 'Another title'
    })
    await own.press()
    const seen = await own.glance()
    assert.deepEqual([seen.entries, seen.messages, seen.wrong, seen.title], [[missing], [missing], [], 'Error: Another title'])
  })

  test('a control is replaced by another of its name', async () => {
    await own.open(page, { config })
    await own.press()
    await own.run(() => {
      const old = document.querySelector('#ods')
      const fresh = document.createElement('input')
      fresh.name = 'ods'
      fresh.id = 'ods'
      old.replaceWith(fresh)
      component().refresh()
    })
    await own.press()
    assert.deepEqual((await own.glance()).messages, [missing])
    await own.press('.nhsuk-error-summary a')
    assert.equal((await own.glance()).focus, 'input#ods[name="ods"]')
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    assert.equal((await own.posts(1)).length, 1)
  })

  test('a listener of the page throws', async () => {
    await own.open(page, { config, script: "for (const name of ['ncrs:check', 'ncrs:invalid', 'ncrs:valid']) window.addEventListener(name, () => { throw new Error('not ours') })" })
    await own.press()
    assert.deepEqual((await own.glance()).entries, [missing])
    await own.do({ fill: ['#ods', 'A81001'] }, { click: '#send' })
    assert.equal((await own.posts(1)).length, 1)
  })

  test('a listener of the page destroys the component in the middle of a check', async () => {
    await own.open(page, { config, script: "window.addEventListener('ncrs:check', () => ours.component().destroy())" })
    await own.press()
    const posts = await own.posts(1)
    assert.equal(posts.length, 1, 'whoever took the component away wants the form to go')
  })

  test('two components on two forms start at once and share the rules', async () => {
    const form = (id) => `<form id="${id}" method="post" action="/submit" novalidate><input name="ods" aria-label="Code"><button>Send</button></form>`
    await own.open(pageOf(form('one') + form('two')), {
      script: `const two = ['one', 'two'].map((id) => new api.FormCheck(document.getElementById(id), { today: '2026-11-22', fields: ${JSON.stringify({ code })} }))
        ours.look({ root: document.querySelector('form') })
        window.two = two
        ours.adopt(two[0])`
    })
    assert.deepEqual(await own.run(async () => {
      await Promise.all(window.two.map(({ ready }) => ready))
      return window.two.map((one) => [one.state, one.validate().findings.length])
    }), [['ready', 1], ['ready', 1]])
    assert.equal(own.server.requests.filter((request) => request.endsWith('.wasm')).length, 1)
  })

  test('a page that says where the binary is starts the rules that its components ask', async () => {
    const started = `await api.init({ module: await fetch('/pkg/wasm/ncrs_form_check_bg.wasm') })
      ours.construct(api, document.querySelector('form'), ${JSON.stringify({ today: '2026-11-22', ...config })})`
    await own.open(page, { script: started })
    await own.made()
    assert.deepEqual(await own.run(async () => {
      await component().ready
      return [component().state, component().validate().findings.length]
    }), ['ready', 1])
    assert.equal(own.server.requests.filter((request) => request.endsWith('.wasm')).length, 1)
  })

  test('nothing runs on import, and nothing is kept in the browser', async () => {
    await own.open(page, { script: "ours.look({ root: document.querySelector('form') })\nours.adopt({ state: 'none' })" })
    await own.made()
    assert.deepEqual(own.server.requests.filter((request) => request.endsWith('.wasm')), [])
    await own.open(page, { config })
    await own.press()
    const kept = await own.run(async () => ({ local: localStorage.length, session: Object.keys(sessionStorage), cookies: document.cookie, databases: (await indexedDB.databases?.())?.length ?? 0 }))
    assert.deepEqual(kept, { local: 0, session: ['ncrs-test-events'], cookies: '', databases: 0 })
  })
})

test('a form in a form\'s own frame, without scripts of its own, is judged there', async () => {
  await own.open(pageOf('<iframe id="frame" title="Form"></iframe>'), {
    script: `const inner = document.querySelector('#frame').contentDocument
      const form = inner.createElement('form')
      form.innerHTML = '<label for="ods">ODS code</label><input id="ods" name="ods"><button>Send</button>'
      inner.body.append(form)
      ours.construct(api, form, { today: '2026-11-22', fields: ${JSON.stringify({ code })} })`
  })
  const seen = await own.run(async () => {
    await component().ready
    component().validate({ show: true })
    const inner = document.querySelector('#frame').contentDocument
    return [component().state, inner.querySelectorAll('.nhsuk-error-summary li').length, document.querySelectorAll('.nhsuk-error-summary').length, inner.querySelector('#ods').getAttribute('aria-describedby') !== null]
  })
  assert.deepEqual(seen, ['ready', 1, 0, true])
})
