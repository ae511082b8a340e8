// Does the package keep its contract in this browser, under the policy that an NHS service sends?

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { callInPage, consoleErrors, engineOfThisRun, startEngine } from './browser/engines.mjs'
import { startServer } from './browser/server.mjs'
import { waysToStart } from './vectors/starting.mjs'

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; base-uri 'self'; form-action 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"

let engine
let server
before(async () => {
  server = await startServer({
    forTests: true,
    pages: new Map([['/blank', '<!doctype html><html lang="en"><title>A page with nothing on it</title><script type="module" src="/tests/browser/in-page.mjs"></script><h1>Nothing</h1>']]),
    headersFor: (path) => (path === '/blank' ? { 'Content-Security-Policy': policy } : undefined)
  })
  engine = await startEngine(engineOfThisRun())
  await engine.driver.manage().setTimeouts({ script: 300_000 })
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

// A package that nothing has started yet.
beforeEach(() => engine.driver.get(`${server.url}/blank`))

const inPage = (name, ...given) => callInPage(engine.driver, '/tests/core-in-page.mjs', name, ...given)
const vector = (file, name, ...addresses) => inPage('vector', file, name, addresses)
const start = (name, ...way) => inPage('start', name, ...way)

function holds({ checked, number, failures }, expected) {
  assert.equal(number, 0, `${number} of ${checked}:\n${failures.join('\n')}`)
  if (expected === undefined) assert.ok(checked > 0)
  else assert.equal(checked, expected)
}

const inFolder = (folder, names) => Object.fromEntries(names.map((name) => [name, folder + name]))

test('every row of the decision tables is decided so', async () => {
  const texts = inFolder('/tests/ods/', ['cases.tsv', 'parent-cases.tsv'])
  holds(await vector('decisions.mjs', 'decisions', texts), 368 + 19)
})

test('real codes get exactly what the counts say', async () => {
  const counts = '/tests/ods/real-counts.tsv'
  const { filesOf } = await import('./vectors/real-codes.mjs')
  const names = filesOf(await (await fetch(server.url + counts)).text())
  holds(await vector('real-codes.mjs', 'realCodes', counts, inFolder('/tests/ods/real/', names)), 107_258)
})

test('strings that broke other software are judged', async () => {
  holds(await vector('hostile.mjs', 'naughtyStrings', '/tests/hostile/blns.json'), 515 * 2)
})

test('characters that look like ours are repaired or named', async () => {
  holds(await vector('hostile.mjs', 'confusables', '/tests/hostile/confusables-ascii.tsv'), 1442 * (6 + 5) * 2)
})

test('halves of characters and pastes of 10 MB are judged', async () => holds(await vector('hostile.mjs', 'oddTexts')))

test('reports are those of the native rules, byte for byte', async () => {
  holds(await vector('reports-equal.mjs', 'reportsEqual', '/tests/golden/reports.json'), 15 * 3 + 77 + 1 + 6)
})

test('every worked submission gets what it expects', async () => {
  const names = (await readdir(new URL('./submissions/', import.meta.url))).filter((name) => name.endsWith('.json'))
  holds(await vector('reports-equal.mjs', 'submissions', ...names.map((name) => `/tests/submissions/${name}`)), 15)
})

test('every worked DSPT declaration gets what it expects', async () => {
  holds(await vector('reports-equal.mjs', 'declarations', '/tests/dspt/cases.tsv', '/tests/dspt/columns.json'), 77)
})

test('what is no text is a fault', async () => holds(await vector('hostile.mjs', 'notTexts')))

test('reports have the promised shape', async () => holds(await vector('reports.mjs', 'reports')))

test('what a caller gets wrong is a fault that says so', async () => holds(await vector('reports.mjs', 'faults')))

test('rules and tables say what they are', async () => holds(await vector('reports.mjs', 'catalogues')))

test('a million calls take no more memory than ten thousand', async () => holds(await inPage('memoryHolds', 'aMillionCalls'), 1_000_000))

test('a paste of 10 MB does not stay in memory', async () => holds(await inPage('memoryHolds', 'hugePastes')))

test('importing the package fetches and starts nothing', async () => assert.equal(await inPage('timesFetched'), 0))

test('a question before the start is a fault', async () => holds(await start('askedTooEarly')))

test('starts that overlap are one start and fetch the binary once', async () => {
  holds(await start('startedAtOnce'))
  assert.equal(await inPage('timesFetched'), 1)
})

test('a start that failed can be tried again', async () => holds(await start('startedAfterAFailure')))

for (const way of waysToStart) {
  test(`it starts with the binary given as ${way}`, async () => holds(await start('startedWith', way)))
}

for (const way of ['bytes', 'module']) {
  test(`it starts in one step with the binary given as ${way}`, async () => holds(await start('startedInOneStep', way)))
}

test('it does not start in one step with nothing', async () => holds(await start('startedInOneStepWithNothing')))

test('nothing of all this broke the policy', async () => {
  holds(await vector('reports.mjs', 'reports'))
  // A browser reports when it finds time.
  await pause(1000)
  assert.deepEqual(server.policyReports, [])
})

// Only Chromium's driver tells what is in the console.
if (engineOfThisRun() === 'chromium') {
  test('nothing of all this is an error in the console', async () => {
    holds(await start('startedAtOnce'))
    assert.deepEqual((await consoleErrors(engine)).filter((message) => !/favicon/.test(message)), [])
  })
}
