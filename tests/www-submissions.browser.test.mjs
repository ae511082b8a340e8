// Does an application that is typed into the page get what the rules say of it: in the browser, from the server, and with no script at all?

import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { By, until } from 'selenium-webdriver'
import { check, init } from '../pkg/core.node.js'
import { desktop, engineOfThisRun, setView, startEngine, toNextPage, waitFor } from './browser/engines.mjs'
import { startHost } from './browser/host.mjs'

const folder = new URL('./submissions/', import.meta.url)
const submissions = await Promise.all(
  (await readdir(folder)).filter((name) => name.endsWith('.json')).map(async (name) => ({ name, ...JSON.parse(await readFile(new URL(name, folder), 'utf8')) }))
)
const days = [...new Set(submissions.map(({ as_of }) => as_of))]

let engine
const hosts = new Map()
before(async () => {
  await init()
  // One server for each day, with scripts and without.
  for (const day of days) hosts.set(day, { scripted: await startHost('--today', day), plain: await startHost('--today', day, '--without-scripts') })
  engine = await startEngine(engineOfThisRun())
  await setView(engine, desktop)
})
after(async () => {
  await engine?.stop()
  for (const { scripted, plain } of hosts.values()) {
    scripted.close()
    plain.close()
  }
})

const sendButton = 'form#application > button.nhsuk-button[type=submit]'
const wait = (condition, what) => waitFor(engine.driver, condition, what)
const many = (selector) => engine.driver.findElements(By.css(selector))

/** The answers by the names of the page's controls: dates in three boxes, lists of words in one. */
function answersOf(submission) {
  const answers = new Map()
  const spread = (value, name) => {
    if (value === null || value === undefined || value.length === 0) return
    if (Array.isArray(value)) {
      if (name === 'pds.access_methods' || name === 'access.authenticators' || name === 'supplier.services') answers.set(name, value.map(String))
      else if (value.every((item) => typeof item !== 'object')) answers.set(name, [value.join(', ')])
      else value.forEach((item, at) => spread(item, `${name}[${at}]`))
    } else if (typeof value === 'object') {
      for (const [part, inner] of Object.entries(value)) spread(inner, name === '' ? part : `${name}.${part}`)
    } else if (/(^|[._])date$/.test(name)) {
      const parts = String(value).split(/[-/. ]/)
      if (parts[0].length === 4) parts.reverse()
      for (const [at, part] of ['day', 'month', 'year'].entries()) answers.set(`${name}.${part}`, [parts[at] ?? ''])
    } else if (value !== false || !/(_confirmed|agreed)$/.test(name)) {
      answers.set(name, [value === true ? 'yes' : value === false ? 'no' : String(value)])
    }
  }
  spread(submission, '')
  return answers
}

const rowsOf = (submission) => [
  ['ra.users', submission.ra?.users?.length ?? 1],
  ['scr.privacy_officers', submission.scr?.privacy_officers?.length ?? 1]
]

/** What the rules say, as `rule question`, and the words of the errors. */
function expected({ submission, as_of }) {
  const { findings } = check('ncrs-onboarding', submission, { today: as_of })
  return {
    all: findings.map(({ rule, question }) => `${rule} ${question}`).sort(),
    errors: findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)
  }
}

/** A year that the list does not offer is what a page of another service would send. */
const offered = `
  const [list, value] = arguments
  if (![...list.options].some((option) => option.value === value)) list.add(new Option(value, value))`

/** Types and clicks as a person does, from the top of the page to its end. */
async function fillIn(submission) {
  const { driver } = engine
  for (const [list, length] of rowsOf(submission)) {
    for (let row = 1; row < length; row += 1) await driver.executeScript('arguments[0].click()', await driver.findElement(By.css(`[data-rows="${list}"] [data-add]`)))
  }
  const answers = answersOf(submission)
  // All at once: asking a driver for each control would take longer than typing.
  const controls = await driver.executeScript(() =>
    [...document.querySelector('#application').elements]
      .filter(({ name, type }) => name !== '' && !name.startsWith('page.') && type !== 'submit' && type !== 'button')
      .map((control) => ({ control, label: document.querySelector(`label[for="${control.id}"]`) }))
      .map(({ control, label }) => ({ name: control.name, type: control.type, value: control.value, control, label, said: label?.textContent.trim() }))
  )
  const names = new Set(controls.map(({ name }) => name))
  assert.deepEqual([...answers.keys()].filter((name) => !names.has(name)), [], 'the page has no control for these answers')
  // A driver refuses to click or to type where a person sees nothing, so every answer shows that its question is open.
  for (const { name, type, value, control, label, said } of controls) {
    const values = answers.get(name)
    if (values === undefined) continue
    if (type === 'radio' || type === 'checkbox') {
      if (values.includes(value) || values.includes(said)) await label.click()
    } else if (type === 'select-one') {
      await driver.executeScript(offered, control, values[0])
      await (await control.findElement(By.css(`option[value="${values[0]}"]`))).click()
    } else {
      await control.sendKeys(values[0])
    }
  }
}

const rulesIn = async (selector) =>
  engine.driver.executeScript('return [...document.querySelectorAll(arguments[0])].map(({ dataset }) => `${dataset.rule} ${dataset.question}`)', selector)

for (const submission of submissions) {
  test(`${submission.name} typed into the page gives the findings of the rules`, async () => {
    const { driver } = engine
    const { scripted } = hosts.get(submission.as_of)
    const { all, errors } = expected(submission)
    await driver.get(`${scripted.url}/application.html`)
    await wait(until.elementIsVisible(driver.findElement(By.id('see-review'))), 'the script of the page did not start')
    await fillIn(submission.submission)

    await (await many('#see-review'))[0].click()
    await wait(until.elementLocated(By.id('review-heading')), 'no summary for the reviewer came')
    const questioned = await rulesIn('#review [data-rule]')

    const send = async () => (await many(sendButton))[0].click()
    if (errors.length > 0) {
      await send()
      await wait(until.elementLocated(By.css('.nhsuk-error-summary')), 'no error summary came')
      const told = await driver.executeScript("return [...document.querySelectorAll('.nhsuk-error-summary li')].map((item) => item.textContent.trim())")
      assert.deepEqual(told.sort(), [...errors].sort())
      assert.equal(questioned.length + told.length, all.length)
      assert.deepEqual(questioned.filter((finding) => !all.includes(finding)), [])
      // What the server would have said is the same, also of what the page has closed.
      await toNextPage(driver, () => driver.executeScript('HTMLFormElement.prototype.submit.call(document.getElementById("application"))'))
      assert.deepEqual((await rulesIn('.nhsuk-error-summary [data-rule], #stops [data-rule], #review [data-rule]')).sort(), all)
    } else {
      await toNextPage(driver, send)
      assert.deepEqual(questioned.sort(), all)
      assert.deepEqual((await rulesIn('[data-rule]')).sort(), all)
    }
  })

  test(`${submission.name} sent without any script gives the same findings from the server`, async () => {
    const { driver } = engine
    const { plain } = hosts.get(submission.as_of)
    const { all } = expected(submission)
    await driver.get(`${plain.url}/application.html`)
    assert.equal(await (await many('#see-review'))[0].isDisplayed(), false, 'a script ran')
    // More rows come from the server, by the same button.
    for (const [list, length] of rowsOf(submission.submission)) {
      for (let row = 1; row < length; row += 1) {
        await toNextPage(driver, async () => (await many(`[data-rows="${list}"] [data-add]`))[0].click())
        assert.equal((await many(`[data-rows="${list}"] .app-row`)).length, row + 1, 'no row came')
      }
    }
    const filled = await driver.executeScript(
      (given) => {
        const missing = []
        for (const [name, values] of given) {
          const controls = [...document.querySelector('#application').elements].filter((control) => control.name === name)
          if (controls.length === 0) missing.push(name)
          for (const control of controls) {
            if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value) || values.includes(document.querySelector(`label[for="${control.id}"]`).textContent.trim())
            else {
              if (control.type === 'select-one' && ![...control.options].some((option) => option.value === values[0])) control.add(new Option(values[0], values[0]))
              control.value = values[0]
            }
          }
        }
        return missing
      },
      [...answersOf(submission.submission)]
    )
    assert.deepEqual(filled, [], 'the page has no control for these answers')
    const before = await given()
    await toNextPage(driver, async () => (await many(sendButton))[0].click())
    assert.deepEqual((await rulesIn('.nhsuk-error-summary [data-rule], .nhsuk-inset-text[data-rule], .nhsuk-card[data-rule]')).sort(), all)
    if ((await many('.nhsuk-panel, [value=again]')).length > 0) {
      await toNextPage(driver, async () => (await many('[value=again]'))[0].click())
    }
    assert.deepEqual(await given(), before, 'an answer was lost or changed')
  })
}

/** All that the form would send now. */
const given = () => engine.driver.executeScript("return [...new FormData(document.getElementById('application'))].map((pair) => pair.join(': '))")
