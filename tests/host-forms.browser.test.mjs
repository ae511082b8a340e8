// Does the component help the people who fill in seven kinds of page that other teams have, and leave those pages as they were?
//
// Every page, every scenario and what must always hold: host-forms/README.md. Each scenario is done with real clicks and keys, on the page
// as its makers wrote it and under the strict policy with either entry of the package.

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { By, Key } from 'selenium-webdriver'
import { callInPage, consoleErrors, desktop, engineOfThisRun, openPage, setView, startEngine, waitFor } from './browser/engines.mjs'
import { barriers, barriersBareAndDressed } from './pages/axe.mjs'
import { prepare } from './pages/doctored.mjs'
import { asSaid, axeDifferences, entryPressed, events, mending, onLoad, posted } from './pages/expectations.mjs'
import { entryAddress, lacks, startPageServer } from './pages/serving.mjs'
import { stepsOf } from './pages/steps.mjs'

const folder = new URL('./host-forms/', import.meta.url)
const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
const pages = await Promise.all(
  names.map(async (name) => {
    const page = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
    return { ...page, html: await readFile(new URL(page.file, folder), 'utf8') }
  })
)

/** Which reason each state of the `.wasm` file has. What a truncated file is called, a network's fault or its own, the contract leaves open. */
const reasons = { missing: ['network'], truncated: ['network', 'fault'], blocked: ['csp'], slow: ['network'], 'broken from the start': ['fault'], 'able to break': ['fault'] }

/** `thorough` means what is slow and the same under every policy: presses of every entry by hand, and axe. */
const variants = [
  { name: 'as it stands', policy: 'none', entry: '.', thorough: true },
  { name: 'strict policy, Wasm', policy: 'strict with Wasm', entry: '.' },
  { name: 'strict policy, no Wasm', policy: 'strict', entry: './js' }
]

let engine
let server
let steps
before(async () => {
  await prepare()
  server = await startPageServer()
  engine = await startEngine(engineOfThisRun())
  await setView(engine, desktop)
  // A page that left answers no more questions.
  await engine.driver.manage().setTimeouts({ script: 30_000 })
  steps = stepsOf(engine.driver, server.module)
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

const inPage = (name, ...given) => callInPage(engine.driver, '/tests/pages/in-page.mjs', name, ...given)

async function open(page, { policy, entry, wasm }) {
  const designed = page.frontend === 'nhsuk-10'
  const html = designed ? page.html.replace('</head>', `<link rel="stylesheet" href="${styles}"></head>`) : page.html
  const config = { ...page.config, fields: page.fields }
  const script = [
    `import * as api from '${entryAddress(entry)}'`,
    designed ? "import { initAll } from '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.js'\ninitAll()" : '',
    `ours.construct(api, document.querySelector(${JSON.stringify(page.root.form)}), ${JSON.stringify(config)})`
  ]
  await consoleErrors(engine)
  await openPage(engine.driver, server.show({ html, script: script.join('\n'), policy, wasm }))
}

/** The steps of a scenario, after those that it continues. */
function stepsBefore(page, scenario) {
  const first = scenario.continues ? stepsBefore(page, page.scenarios.find(({ name }) => name === scenario.continues)) : []
  return [...first, ...scenario.do]
}

async function doAll(page, scenario) {
  const all = stepsBefore(page, scenario)
  for (const step of all) await steps.step(step)
  return steps.typed(all)
}

async function untilPosted(times) {
  const late = Date.now() + 10_000
  while (server.posts.length < times && Date.now() < late) await pause(20)
}

/** What was asked for besides the page, the tests' own files, the design system's and the package's. */
const strangeRequests = () => server.requests.filter((request) => !/^GET \/(shown|tests|pkg|nhsuk-frontend|assets\/images\/nhsuk-icon-cross\.svg|favicon\.ico)\b/.test(request))

/** The console of Chromium has what the page cannot see. The design system asks for a font elsewhere. */
async function consoleSays(expected = /assets\.nhs\.uk|font-src/) {
  return (await consoleErrors(engine)).filter((message) => !expected.test(message))
}

const axeBefore = new Map()
const styles = '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css'
const barriersOn = (page) => (page.frontend ? barriers(engine.driver) : barriersBareAndDressed(engine.driver, styles))

async function pressedByHand(errors) {
  const differences = []
  for (const [index, { target }] of errors.entries()) {
    const link = (await engine.driver.findElements(By.css('.nhsuk-error-summary li a')))[index]
    if (!link) {
      differences.push(`there is no entry for ${target}`)
      continue
    }
    // One way of pressing is as good as the other, so both have their turn.
    if (index % 2 === 0) await link.click()
    else await link.sendKeys(Key.ENTER)
    differences.push(...entryPressed(await inPage('focusFacts', target), target))
  }
  return differences
}

/** Whether the page that answers a form is there, or on its way. */
async function left() {
  if (server.posts.length === 0) await pause(50)
  return server.posts.length > 0 || (await engine.driver.getTitle()) === 'The form sent'
}

async function notSent(page, scenario, variant, typed) {
  const { expect } = scenario
  if (await left()) return [`the form was sent: ${JSON.stringify(server.posts)}`]
  const seen = await inPage('facts', { expect, texts: typed })
  const mends = Boolean(expect.errors ?? expect.errorsInclude ?? expect.errorCount)
  const differences = [...(mends ? mending(seen, scenario) : []), ...asSaid(seen, scenario)]
  if (expect.idle) {
    const changes = await inPage('idle', expect.idle.ms)
    if (changes > expect.idle.mutations) differences.push(`${changes} changes in ${expect.idle.ms} ms in which nothing happened`)
  }
  if (expect.js && !(await steps.value(expect.js))) differences.push(`should be true: ${expect.js}`)
  if (variant.thorough && mends) differences.push(...axeDifferences(axeBefore.get(page), await barriersOn(page)))
  if (expect.errors) {
    if (variant.thorough) differences.push(...(await pressedByHand(expect.errors)))
    else for (const [index, one] of (await inPage('pressEntries', expect.errors.map(({ target }) => target))).entries()) differences.push(...entryPressed(one, expect.errors[index].target))
  }
  const { same, title, was, now } = await inPage('destroyed')
  if (!title) differences.push('destroy() should bring the title back')
  if (!same && expect.restores !== false) differences.push(`destroy() should leave the page as it was:\n    was ${was}\n    is  ${now}`)
  differences.push(...seen.wrong, ...seen.foreign.map((address) => `a request to ${address}`))
  if (server.posts.length > 0) differences.push(`the form was sent: ${JSON.stringify(server.posts)}`)
  return differences
}

async function sent(page, scenario, typed) {
  const { expect } = scenario
  await untilPosted(expect.posted?.times ?? 1)
  const differences = posted(server.posts, expect.posted ?? {}, /enctype="multipart/.test(page.html))
  if (page.persists) {
    const seen = await inPage('facts', { expect, texts: typed })
    differences.push(...asSaid(seen, scenario), ...seen.wrong)
    return differences
  }
  await waitFor(engine.driver, async () => (await engine.driver.getTitle()) === 'The form sent', 'the page that answers the form did not come').catch(({ message }) => differences.push(message))
  const list = await storedEvents()
  const press = Math.max(0, ...list.map((one) => one.press))
  return [...differences, ...events(list.filter((one) => one.press === press).map(({ name }) => name), expect)]
}

/** The page that answers has the same origin as the page that sent. */
const storedEvents = async () => JSON.parse((await engine.driver.executeScript("return sessionStorage.getItem('ncrs-test-events')")) ?? '[]')

const holds = (differences) => assert.equal(differences.length, 0, `\n  - ${differences.join('\n  - ')}`)

for (const page of pages) {
  describe(page.file, () => {
    for (const scenario of page.scenarios) {
      for (const variant of variants) {
        test(`${scenario.name} (${variant.name})`, { skip: lacks(variant.entry) }, async () => {
          await open(page, variant)
          const differences = onLoad(await inPage('started'))
          if (variant.thorough && !axeBefore.has(page)) axeBefore.set(page, await barriersOn(page))
          const typed = await doAll(page, scenario)
          if (scenario.expect.submitted) differences.push(...(await sent(page, scenario, typed)))
          else differences.push(...(await notSent(page, scenario, variant, typed)))
          differences.push(...(await consoleSays()).map((message) => `the console says: ${message}`))
          const allowed = scenario.expect.submitted ? (request) => request.startsWith('POST ') : () => false
          differences.push(...strangeRequests().filter((request) => !allowed(request)).map((request) => `a request: ${request}`))
          holds(differences)
        })
      }
    }

    const scenario = page.scenarios.find(({ failOpen }) => failOpen)
    for (const state of Object.keys(reasons)) {
      test(`${scenario.name}, sent because the .wasm file is ${state}`, () => failsOpen(page, scenario, state))
    }
    for (const wasm of ['of another type', 'able to break']) {
      test(`${scenario.name}, checked although the .wasm file is ${wasm}`, async () => {
        await open(page, { policy: 'none', entry: '.', wasm })
        const differences = onLoad(await inPage('started'))
        // An instance that trapped is thrown away, and a fresh one is asked.
        if (wasm === 'able to break') assert.ok((await inPage('breaks', { forEver: false })) > 0)
        const typed = await doAll(page, scenario)
        holds([...differences, ...(await notSent(page, scenario, {}, typed))])
      })
    }
  })
}

async function failsOpen(page, scenario, state) {
  const differences = []
  await open(page, { policy: state === 'blocked' ? 'strict' : 'none', entry: '.', wasm: state })
  if (state === 'slow') {
    assert.equal(await inPage('made'), 'loading')
  } else {
    const { state: reached, before, now } = await inPage('started')
    assert.equal(reached, state === 'able to break' ? 'ready' : 'unavailable')
    if (JSON.stringify(now) !== JSON.stringify(before)) differences.push(`a person can notice the failure: was ${JSON.stringify(before)}, is ${JSON.stringify(now)}`)
    if (reached === 'unavailable' && (await inPage('novalidate')) !== /<form[^>]* novalidate/.test(page.html)) differences.push("the form's own checks are not as they were")
    if (reached === 'ready') assert.ok((await inPage('breaks', { forEver: true })) > 0)
  }
  await doAll(page, scenario)
  await untilPosted(1)
  if (server.posts.length !== 1) differences.push(`the form should be sent once, was sent ${server.posts.length} times`)
  server.release()
  const seen = (await storedEvents()).filter(({ name }) => name === 'ncrs:unavailable').map(({ reason }) => reason)
  // A page that leaves breaks off a slow download; Firefox and WebKit let it hear of that.
  if ((seen.length !== 1 && state !== 'slow') || !seen.every((reason) => reasons[state].includes(reason))) {
    differences.push(`ncrs:unavailable should say ${reasons[state].join(' or ')}, says ${JSON.stringify(seen)}`)
  }
  holds(differences)
}
