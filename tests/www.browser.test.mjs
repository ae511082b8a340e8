// Do the host pages work as pages of the NHS do: by keyboard, on a phone, in colours of one's own, and in each state?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, beforeEach, test } from 'node:test'
import { By, Key, until } from 'selenium-webdriver'
import { desktop, engineOfThisRun, phone, runBesidePage, setView, startEngine, toNextPage, waitFor } from './browser/engines.mjs'
import { startHost } from './browser/host.mjs'
import { startServer } from './browser/server.mjs'

const today = '2026-11-22'
const sendButton = 'form#application > button.nhsuk-button[type=submit]'

let engine
let host
let plain
let wasmless
before(async () => {
  host = await startHost('--today', today)
  plain = await startHost('--today', today, '--without-scripts')
  wasmless = await startHost('--today', today, '--without-wasm')
  engine = await startEngine(engineOfThisRun())
})
after(async () => {
  await engine?.stop()
  for (const server of [host, plain, wasmless]) server?.close()
})
beforeEach(() => setView(engine, desktop))

const one = (selector) => engine.driver.findElement(By.css(selector))
const many = (selector) => engine.driver.findElements(By.css(selector))
const textOf = async (selector) => (await one(selector)).getText()
const press = async (selector) => (await one(selector)).click()
const wait = (condition, what) => waitFor(engine.driver, condition, what)
/** Presses what leads to another page, and waits for that page. */
const pressOn = (selector) => toNextPage(engine.driver, () => press(selector))
/** Past the form check, as a page would send that could not start it. */
const sendUnchecked = (id) => toNextPage(engine.driver, () => runScript('HTMLFormElement.prototype.submit.call(document.getElementById(arguments[0]))', id))
const runScript = (script, ...given) => engine.driver.executeScript(script, ...given)

async function open(path, server = host) {
  await engine.driver.get(server.url + path)
  if (server === host && /application|dspt/.test(path)) await wait(until.elementIsVisible(one('#see-review')), 'the script of the page did not start')
}

const taskOf = (section) => textOf(`#task-${section}`)
const label = async (name, value) => one(`label[for="${await (await one(`[name="${name}"][value="${value}"]`)).getAttribute('id')}"]`)

test('the task list follows the person, section by section, and shows no error before sending', async () => {
  await open('/application.html')
  assert.equal(await taskOf('journey'), 'Not started')
  assert.equal(await taskOf('supplier'), 'Not needed')
  await (await label('journey.applicant_type', 'end_user_organisation')).click()
  await (await one('#organisation-name')).sendKeys('A surgery')
  assert.equal(await taskOf('journey'), 'Completed')
  await (await one('#organisation-postcode')).sendKeys('not a postcode')
  await (await one('#contacts-applicant-name')).sendKeys('A person')
  assert.equal(await taskOf('organisation'), 'In progress', 'what was not sent is no problem yet')
  assert.deepEqual(await many('.nhsuk-error-summary, .nhsuk-error-message'), [])
  await press(sendButton)
  await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
  assert.equal(await taskOf('organisation'), 'There is a problem')
})

test('what is still needed is listed and leads to its question', async () => {
  await open('/application.html?example=incomplete')
  await press('#needed summary')
  const [first] = await many('#needed a')
  assert.match(await first.getText(), /CQC provider ID/)
  await first.click()
  const top = await runScript("return document.getElementById('organisation-cqc-provider-id').getBoundingClientRect().top")
  assert.ok(top > -1 && top < 900, `the question is ${top} pixels from the top`)
})

test('another route is told as information, with a next step and no error', async () => {
  await open('/application.html')
  await (await label('journey.applicant_type', 'system_supplier')).click()
  await (await one('#supplier-product-name')).sendKeys('A product', Key.TAB)
  await (await one('#declaration-name')).sendKeys('A person')
  await wait(until.elementLocated(By.css('#stops [data-rule="SUP-001"]')), 'the stop was not told')
  assert.match(await textOf('#stops'), /What you can do next/)
  assert.deepEqual(await many('.nhsuk-error-summary, .nhsuk-error-message'), [])
  assert.equal(await (await one('#pds')).isDisplayed(), false, 'a supplier is asked what only others are asked')
})

test('nothing moves under a pointer that is down', async () => {
  await open('/application.html')
  await (await label('journey.applicant_type', 'system_supplier')).click()
  const next = await one('#supplier-product-name')
  await runScript('arguments[0].scrollIntoView({ block: "center" })', next)
  const { driver } = engine
  await driver.actions().move({ origin: next }).press().perform()
  await driver.sleep(300)
  assert.deepEqual(await many('#stops [data-rule]'), [])
  await driver.actions().release().perform()
  await wait(until.elementLocated(By.css('#stops [data-rule="SUP-001"]')), 'the stop was not told')
  assert.equal(await (await driver.switchTo().activeElement()).getAttribute('id'), 'supplier-product-name')
})

test('the reviewer’s summary names each rule and its source, and the file holds no answer', async () => {
  await open('/application.html?example=contradictory')
  await press('#see-review')
  await wait(until.elementLocated(By.id('review-heading')), 'no summary came')
  assert.equal(await (await engine.driver.switchTo().activeElement()).getAttribute('id'), 'review-heading')
  assert.match(await textOf('#review [data-rule="DSPT-026"]'), /Published after the deadline[\s\S]*DSPT-026[\s\S]*Published guidance: /)
  const { file, answers } = await runBesidePage(engine.driver, async () => {
    const file = decodeURIComponent(document.querySelector('#review a[download]').href.replace(/^[^,]*,/, ''))
    const answers = [...document.querySelectorAll('#application input[type=text], #application input[type=email], #application textarea')].map(({ value }) => value).filter((value) => value.length > 4)
    return { file, answers }
  })
  const report = JSON.parse(file)
  assert.equal(report.form, 'ncrs-onboarding')
  assert.ok(report.findings.some(({ rule }) => rule === 'DSPT-026'))
  assert.ok(answers.length > 10)
  assert.deepEqual(answers.filter((answer) => file.includes(answer)), [])
})

test('a row more is empty, has names of its own and is judged', async () => {
  await open('/application.html?example=good')
  const before = (await many('[data-rows="ra.users"] .app-row')).length
  await press('[data-rows="ra.users"] [data-add]')
  const name = `ra.users[${before}].name`
  assert.equal(await (await engine.driver.switchTo().activeElement()).getAttribute('name'), name)
  assert.equal(await (await one(`[name="${name}"]`)).getProperty('value'), '')
  await (await one(`[name="ra.users[${before}].notes"]`)).sendKeys('Leaves in May')
  assert.equal(await textOf(`[name="ra.users[${before}].notes"] ~ .nhsuk-character-count__status`), 'You have 1,987 characters remaining')
  const ids = await runScript('return [...document.querySelectorAll("[id]")].map(({ id }) => id)')
  assert.equal(new Set(ids).size, ids.length, 'an id is there twice')
  await (await one(`[name="${name}"]`)).sendKeys('One more')
  await press(sendButton)
  await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'the new row was not judged')
  await (await one(`label[for="ra-users-${before}-has-care-id-2"]`)).click()
  assert.ok(await (await one(`#ra-users-${before}-id-check-route`)).isEnabled())
})

test('what is still needed is a question as the page asks it, under the section that it is in', async () => {
  await open('/application.html?example=incomplete')
  await wait(until.elementIsVisible(one('#see-review')), 'the script of the page did not start')
  const needed = await runScript("return [...document.querySelectorAll('#needed h3, #needed a')].map(({ localName, textContent }) => `${localName}: ${textContent}`)")
  const at = needed.indexOf('h3: Access to PDS')
  assert.deepEqual(needed.slice(at, at + 3), ['h3: Access to PDS', 'a: Do you have a data sharing agreement with NHS England?', 'h3: Data Security and Protection Toolkit (DSPT)'])
})

test('Welsh says the fixed words in Welsh and keeps every answer', async () => {
  await open('/application.html?example=good')
  const given = () => runScript("return [...new FormData(document.getElementById('application'))].filter(([name]) => !name.startsWith('page.')).map((pair) => pair.join(': '))")
  const before = await given()
  await pressOn('button.app-link')
  assert.equal(await runScript('return document.documentElement.lang'), 'cy')
  await wait(until.elementIsVisible(one('#see-review')), 'the script of the page did not start')
  assert.equal(await textOf('#tasks'), 'Eich cais')
  assert.equal(await taskOf('journey'), "Wedi'i gwblhau")
  assert.deepEqual(await given(), before)
  await (await one('#organisation-name')).clear()
  await press(sendButton)
  await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
  assert.match(await engine.driver.getTitle(), /^Gwall: /)
  assert.equal(await textOf('.nhsuk-error-summary h2'), 'Mae problem wedi codi')
})

test('where WebAssembly is refused the form is sent and the server checks it', async () => {
  await open('/application.html', wasmless)
  await wait(async () => (await (await one('body')).getAttribute('class'))?.includes('nhsuk-frontend-supported'), 'the script of the page did not start')
  await pressOn(sendButton)
  assert.equal((await many('.nhsuk-error-summary li[data-rule="ORG-001"]')).length, 1, 'the server did not say that the answer is missing')
})

test('without a script the errors of the server stand at their questions', async () => {
  await open('/application.html?example=incomplete', plain)
  await pressOn(sendButton)
  assert.match(await engine.driver.getTitle(), /^Error: /)
  assert.match(await textOf('#organisation-cqc-provider-id-error'), /CQC/)
  assert.match(await (await one('#organisation-cqc-provider-id')).getAttribute('aria-describedby'), /-hint .*-error/)
  await press('.nhsuk-error-summary a')
  assert.equal(await (await engine.driver.switchTo().activeElement()).getAttribute('id'), 'organisation-cqc-provider-id')
})

test('an error of the server that was mended goes away on the page', async () => {
  await open('/application.html?example=incomplete')
  await sendUnchecked('application')
  assert.notEqual((await many('.nhsuk-error-summary li[data-rule]')).length, 0, 'the server found no error')
  await wait(until.elementIsVisible(one('#see-review')), 'the script of the page did not start')
  assert.equal(await taskOf('declaration'), 'There is a problem', 'a date after today is one, once it was sent')
  const before = (await many('.nhsuk-error-summary li')).length
  await (await one('#organisation-cqc-provider-id')).sendKeys('1-9990012345')
  await press(sendButton)
  await wait(async () => (await many('.nhsuk-error-summary li')).length === before - 1, 'the list did not become shorter')
  assert.deepEqual(await many('.nhsuk-form-group--error #organisation-cqc-provider-id, #organisation-cqc-provider-id-error'), [])
  assert.equal((await many('.nhsuk-error-summary')).length, 1)
})

test('what is typed comes back as text', async () => {
  await open('/application.html?example=good')
  const typed = '"><img src=x onerror=alert(1)> & <b>'
  await (await one('#organisation-name')).clear()
  await (await one('#organisation-name')).sendKeys(typed)
  await pressOn(sendButton)
  assert.equal((await many('.nhsuk-panel')).length, 1, 'the application was not accepted')
  assert.ok((await textOf('main')).includes(typed))
  assert.deepEqual(await many('main img, main b'), [])
})

test('the whole application goes by keyboard alone, from its start to its end', async () => {
  await open('/application.html?example=incomplete')
  const { driver } = engine
  const visited = []
  const focused = () =>
    runScript("const now = document.activeElement; const { width, height } = now.getBoundingClientRect(); return [now.id || now.name || now.className || now.localName, now.matches(arguments[0]), width > 0 && height > 0]", sendButton)
  for (let pressed = 0; pressed < 400; pressed += 1) {
    await driver.actions().sendKeys(Key.TAB).perform()
    const [name, isEnd, isShown] = await focused()
    assert.ok(isShown, `the focus is on ${name}, which nobody sees`)
    visited.push(name)
    if (isEnd) break
  }
  assert.ok(visited.length > 60 && visited.length < 400, `the keyboard went over ${visited.length} controls`)
  await driver.actions().sendKeys(Key.ENTER).perform()
  await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
  assert.match(await (await driver.switchTo().activeElement()).getAttribute('class'), /nhsuk-error-summary/)
  await driver.actions().sendKeys(Key.TAB).perform()
  await driver.actions().sendKeys(Key.ENTER).perform()
  const [first] = await runScript("return [document.activeElement.closest('.nhsuk-form-group--error') !== null]")
  assert.ok(first, 'the first link of the summary leads to no control with an error')
})

test('the form with names of its own is judged by its configuration, and by the server', async () => {
  await open('/other-markup.html')
  await wait(async () => (await (await one('#req_form')).getAttribute('novalidate')) !== null, 'the form check did not start')
  await (await one('[name=code]')).sendKeys('LS1 4AP')
  for (const site of [0, 1]) await (await one(`[name="sites[${site}][ods]"]`)).sendKeys('someone@example.org')
  await press('.btn')
  await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
  const told = await textOf('.nhsuk-error-summary')
  assert.match(told, /Enter an ODS code, not a postcode/)
  assert.match(told, /not an email or web address/)
  const inBrowser = await runScript("return [...document.querySelectorAll('.nhsuk-error-summary li')].map((item) => item.textContent)")
  await sendUnchecked('req_form')
  assert.equal(await engine.driver.getTitle(), 'There is a problem – NCRS form check')
  assert.deepEqual(await runScript("return [...document.querySelectorAll('li[data-rule]')].map((item) => item.textContent)"), inBrowser)
})

test('the page for one code is checked again by the server', async () => {
  await open('/ods.html', plain)
  await (await one('#code')).sendKeys('LS1 4AP')
  await pressOn('button[type=submit]')
  assert.equal(await engine.driver.getTitle(), 'There is a problem – NCRS form check')
  assert.match(await textOf('main'), /not a postcode/)
  await engine.driver.navigate().back()
  assert.equal(await (await one('#code')).getProperty('value'), 'LS1 4AP', 'a person who goes back finds what was typed')
})

test('the page is a file too, which any server can give out', async () => {
  const files = await startServer()
  try {
    await engine.driver.get(`${files.url}/application.html`)
    await wait(until.elementIsVisible(one('#see-review')), 'the script of the page did not start')
    await press(sendButton)
    await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
    assert.equal(files.posts.length, 0)
    await (await label('journey.applicant_type', 'system_supplier')).click()
    await sendUnchecked('application')
    assert.equal(await engine.driver.getTitle(), 'The form sent')
    const names = files.posts[0].pairs.map(([name]) => name)
    assert.ok(names.includes('page.closed') && names.includes('supplier.product_name'))
  } finally {
    await files.close()
  }
})

/** Every page in every state: how to get there. */
const states = [
  ['the start page', async () => open('/')],
  ['the application', async () => open('/application.html')],
  ['a filled application', async () => open('/application.html?example=good')],
  ['the application with errors', async () => open('/application.html').then(() => send('.nhsuk-error-summary'))],
  ['the application with errors of the server', async () => open('/application.html?example=incomplete', plain).then(() => arriveAt('.nhsuk-error-summary'))],
  ['the application in Welsh', async () => open('/application.html?language=cy')],
  ['the reviewer’s summary', async () => open('/application.html?example=contradictory').then(() => press('#see-review')).then(() => wait(until.elementLocated(By.id('review-heading')), 'no summary came'))],
  ['an accepted application', async () => open('/application.html?example=good').then(() => arriveAt('.nhsuk-panel'))],
  ['a stopped application', async () => stopped()],
  ['the DSPT declaration', async () => open('/dspt.html')],
  ['the DSPT declaration with errors', async () => open('/dspt.html').then(() => send('.nhsuk-error-summary'))],
  ['somebody else’s form', async () => open('/other-markup.html')],
  ['the page for one code', async () => open('/ods.html')]
]

async function send(selector) {
  await press(sendButton)
  await wait(until.elementLocated(By.css(selector)), `no ${selector} came`)
}

async function arriveAt(selector) {
  await pressOn(sendButton)
  assert.equal((await many(selector)).length, 1, `no ${selector} came`)
}

async function stopped() {
  await open('/application.html?example=good', plain)
  await runScript("document.querySelector('[name=\"organisation.country\"][value=wales]').checked = true")
  await arriveAt('#maincontent .nhsuk-inset-text')
}

for (const [name, arrive] of states) {
  test(`axe finds nothing on ${name}, and it is no wider than 320 pixels`, async () => {
    await arrive()
    await runScript(await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'))
    const { violations, passes } = await runBesidePage(engine.driver, async () => {
      const { violations, passes } = await window.axe.run()
      // The design system's own script says of a radio whether what it reveals is open. That is its doing, known to its makers and on every
      // page of the NHS that reveals something.
      const isOurs = (id, { target }) => id !== 'aria-allowed-attr' || !document.querySelector(target[0])?.matches('.nhsuk-radios__input[aria-expanded]')
      const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.filter((node) => isOurs(id, node)) })).filter(({ nodes }) => nodes.length > 0)
      return { violations: found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), passes: passes.length }
    })
    assert.deepEqual(violations, [])
    assert.ok(passes > 10, `axe looked at ${passes} things only`)
    // As wide as a small phone, and as a window of 1,280 pixels at 400 %.
    const width = await setView(engine, { ...phone, width: 320 })
    const needed = await runScript('return document.documentElement.scrollWidth')
    assert.ok(needed <= width, `the page is ${needed} wide on a view of ${width}`)
  })
}
