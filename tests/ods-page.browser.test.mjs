// Does the page for an ODS code help a person who types and clicks, under the strictest policy, and does it post without us?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { By, Key, until } from 'selenium-webdriver'
import { desktop, engineOfThisRun, phone, runBesidePage, setView, startEngine, toNextPage, waitFor } from './browser/engines.mjs'
import { startServer } from './browser/server.mjs'

const strict =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"

let engine
let server
let policy
before(async () => {
  server = await startServer({ forTests: true, headersFor: (path) => (path.endsWith('.html') ? { 'Content-Security-Policy': policy } : undefined) })
  engine = await startEngine(engineOfThisRun())
  await setView(engine, desktop)
})
after(async () => {
  await engine?.stop()
  await server?.close()
})
beforeEach(() => {
  policy = strict
  server.posts.length = 0
  server.policyReports.length = 0
})

const one = (selector) => engine.driver.findElement(By.css(selector))
const many = (selector) => engine.driver.findElements(By.css(selector))
const textOf = async (selector) => (await one(selector)).getText()
const valueOf = async (selector) => (await one(selector)).getProperty('value')
const focused = async () => (await engine.driver.switchTo().activeElement()).getAttribute('id')
const checkButton = 'button[type=button]#check'
const continueButton = 'button[type=submit]'

/** The page, once its script is ready. */
async function open() {
  await engine.driver.get(`${server.url}/ods.html`)
  await waitFor(engine.driver, until.elementIsVisible(one(checkButton)), 'the script of the page did not start')
}

async function press(selector) {
  await (await one(selector)).click()
}

async function type(selector, text) {
  await (await one(selector)).sendKeys(text)
}

async function posted() {
  await waitFor(engine.driver, until.titleIs('The form sent'), 'nothing was posted')
  assert.equal(server.posts.length, 1)
  return Object.fromEntries(server.posts[0].pairs)
}

function assertNothingPosted() {
  assert.deepEqual(server.posts, [])
}

test('a code that is typed in small letters is read, shown and left as it was typed', async () => {
  await open()
  await type('#code', ' a81001')
  await press(checkButton)
  assert.match(await textOf('#result'), /A81001 looks like an ODS code/)
  assert.match(await textOf('#result'), /Spaces, dashes and small letters make no difference/)
  assert.match(await textOf('#result li'), /practice/i)
  assert.equal(await valueOf('#code'), ' a81001')
  assert.equal((await many('#summary')).length, 0)
  assertNothingPosted()
})

test('the verdict is put into a region that was there before it', async () => {
  await open()
  const region = await one('#result')
  assert.equal(await region.getAttribute('aria-live'), 'polite')
  assert.equal(await region.getText(), '')
  await type('#code', 'RXK52')
  await press(checkButton)
  assert.match(await region.getText(), /RXK52/)
})

test('an error stops the form, is told in the summary and at the box, and the focus is there', async () => {
  await open()
  await type('#code', 'someone@example.org')
  await press(continueButton)
  assert.equal(await engine.driver.getTitle(), 'Error: Check an ODS code – NCRS form check')
  assert.equal(await focused(), 'summary')
  assert.equal(await textOf('#summary h2'), 'There is a problem')
  const message = 'Enter an ODS code, not an email or web address'
  assert.equal(await textOf('#summary a'), message)
  assert.match(await textOf('#code-error'), new RegExp(`^(Error:\\s*)?${message}$`))
  assert.equal(await (await one('#code')).getAttribute('aria-describedby'), 'code-hint code-error')
  assert.equal(await valueOf('#code'), 'someone@example.org')
  assertNothingPosted()
})

test('the link of the summary leads to the box, by keyboard too', async () => {
  await open()
  await press(continueButton)
  assert.equal(await textOf('#summary a'), 'Enter your ODS code')
  await engine.driver.executeScript("document.querySelector('#summary a').focus()")
  await (await engine.driver.switchTo().activeElement()).sendKeys(Key.ENTER)
  assert.equal(await focused(), 'code')
  const top = await engine.driver.executeScript("return document.querySelector('label[for=code]').getBoundingClientRect().top")
  assert.ok(top >= -1, `the label is ${top} pixels from the top`)
})

test('an error is mended, its marks go away, and the form posts what was typed', async () => {
  await open()
  await type('#code', 'ARTERYS')
  await press(continueButton)
  assert.equal((await many('#summary')).length, 1)
  await press(continueButton)
  assert.equal((await many('#summary')).length, 1, 'a second press must not make a second summary')
  assert.equal((await many('.nhsuk-error-message')).length, 1)
  await (await one('#code')).clear()
  await type('#code', 'rxk')
  await press(checkButton)
  assert.equal((await many('#summary, .nhsuk-error-message, .nhsuk-form-group--error, .nhsuk-input--error')).length, 0)
  assert.equal(await engine.driver.getTitle(), 'Check an ODS code – NCRS form check')
  assert.equal(await (await one('#code')).getAttribute('aria-describedby'), 'code-hint')
  await press(continueButton)
  assert.deepEqual(await posted(), { box: 'ods', 'organisation.ods_code': 'rxk', 'organisation.type': '', 'organisation.parent_ods_code': '' })
})

test('the enter key sends the form like the button', async () => {
  await open()
  await type('#code', 'someone@example.org')
  await type('#code', Key.ENTER)
  assert.equal(await focused(), 'summary')
  assertNothingPosted()
  await (await one('#code')).clear()
  await type('#code', `A81001${Key.ENTER}`)
  assert.equal((await posted())['organisation.ods_code'], 'A81001')
})

test('a suggestion is offered and changes nothing until it is pressed', async () => {
  await open()
  await type('#code', '\u041081001')
  await press(continueButton)
  assertNothingPosted()
  assert.equal(await valueOf('#code'), '\u041081001')
  assert.match(await textOf('#result'), /Did you mean A81001\?/)
  const use = await one('#result button')
  assert.equal(await use.getText(), 'Use A81001')
  await use.click()
  assert.equal(await valueOf('#code'), 'A81001')
  assert.equal(await focused(), 'code')
  assert.equal((await many('#summary, .nhsuk-error-message')).length, 0)
  assert.match(await textOf('#result'), /A81001 looks like an ODS code/)
  assertNothingPosted()
})

test('a warning is shown and does not stop the form', async () => {
  await open()
  await type('#code', 'A8100O')
  await press(checkButton)
  assert.match(await textOf('#result'), /A8100O may be an ODS code/)
  assert.match(await textOf('#result'), /The letter O and the number 0/)
  await press(continueButton)
  assert.equal((await posted())['organisation.ods_code'], 'A8100O')
})

test('the box, the type and the parent are part of the question', async () => {
  await open()
  await type('#code', 'V10679-765139')
  await press(checkButton)
  assert.equal(await textOf('#summary a'), 'Enter only the ODS code, without the ending that was added to it')
  await press('#box-2')
  await press(checkButton)
  assert.equal((await many('#summary')).length, 0)
  assert.match(await textOf('#result'), /V10679-765139 looks like a DSPT code/)
  assert.match(await textOf('#result'), /ending for one department/)

  await open()
  await type('#code', 'RXK52')
  await type('#parent', 'RWX')
  await press(checkButton)
  assert.match(await textOf('#result'), /Check the ODS code of your parent organisation/)
  await press('#type option[value=gp_practice]')
  await press(checkButton)
  assert.match(await textOf('#result'), /code of a different type of organisation/)
  await press(continueButton)
  const pairs = await posted()
  assert.equal(pairs['organisation.type'], 'gp_practice')
  assert.equal(pairs['organisation.parent_ods_code'], 'RWX')
})

test('nothing that is typed becomes markup', async () => {
  await open()
  await type('#code', '<img src=x onerror=alert(1)>')
  await press(checkButton)
  assert.equal((await many('main img')).length, 0)
  assert.doesNotMatch(await textOf('main'), /onerror/)
})

/** What broke the policy. Waits, because a browser reports when it finds time. */
async function policyReports(expected) {
  const late = Date.now() + (expected ? 10_000 : 1_000)
  // The design system asks another server for the NHS's own font, which this policy does not allow.
  const found = () => server.policyReports.filter((report) => !report.startsWith('font-src'))
  while (Date.now() < late && (!expected || found().length === 0)) await pause(50)
  return found()
}

test('the page breaks none of the rules of its policy', async () => {
  await open()
  await press(continueButton)
  assert.equal(await textOf('#summary h2'), 'There is a problem')
  assert.deepEqual(await policyReports(false), [])
})

/** Posts what would be an error, on a page where our script cannot help. */
async function postsAsAnyForm() {
  await engine.driver.get(`${server.url}/ods.html`)
  await type('#code', 'someone@example.org')
  assert.equal(await (await one(checkButton)).isDisplayed(), false)
  await press(continueButton)
  assert.equal((await posted())['organisation.ods_code'], 'someone@example.org')
}

test('where a policy forbids WebAssembly the form posts as any form', async () => {
  policy = strict.replace(" 'wasm-unsafe-eval'", '')
  await postsAsAnyForm()
})

test('where a policy forbids scripts the form posts as any form', async () => {
  policy = strict.replace("script-src 'self' 'wasm-unsafe-eval'", "script-src 'none'")
  await postsAsAnyForm()
  assert.match((await policyReports(true)).join(), /script-src/, 'a report of a broken policy arrives here')
})

for (const [state, arrive] of [
  ['as it opens', async () => {}],
  ['with an error', async () => press(continueButton)],
  ['with a verdict', async () => type('#code', 'A81001').then(() => press(checkButton))],
  ['with a suggestion', async () => type('#code', '\u041081001').then(() => press(checkButton))]
]) {
  test(`axe finds nothing on the page ${state}`, async () => {
    await open()
    await arrive()
    await engine.driver.executeScript(await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'))
    const { violations, passes } = await runBesidePage(engine.driver, async () => {
      const { violations, passes } = await window.axe.run()
      return { violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), passes: passes.length }
    })
    assert.deepEqual(violations, [])
    assert.ok(passes > 20, `axe looked at ${passes} things only`)
  })
}

test('the first page leads to this one, and axe finds nothing there', async () => {
  await engine.driver.get(`${server.url}/`)
  await engine.driver.executeScript(await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'))
  assert.deepEqual(await runBesidePage(engine.driver, async () => (await window.axe.run()).violations.map(({ id }) => id)), [])
  await toNextPage(engine.driver, () => press('main a[href="/ods.html"]'))
  assert.equal(await engine.driver.getTitle(), 'Check an ODS code – NCRS form check')
})

test('nothing is wider than a phone', async () => {
  const width = await setView(engine, phone)
  try {
    await open()
    await type('#code', '\u041081001')
    await press(checkButton)
    const needed = await engine.driver.executeScript('return document.documentElement.scrollWidth')
    assert.ok(needed <= width, `the page is ${needed} wide on a view of ${width}`)
  } finally {
    await setView(engine, desktop)
  }
})
