// Does the package keep its contract in this browser, under the policies that NHS services send?

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { callInPage, consoleErrors, engineOfThisRun, startEngine } from './browser/engines.mjs'
import { startServer } from './browser/server.mjs'
import { waysToStart } from './vectors/starting.mjs'

const common = "default-src 'none'; connect-src 'self'; img-src 'self'; base-uri 'self'; form-action 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"
const policies = new Map([
  ['/blank', `${common}; script-src 'self' 'wasm-unsafe-eval'`],
  ['/no-wasm', `${common}; script-src 'self'`],
  // Not even a file of ours may be fetched. Firefox asks for an icon of the site.
  ['/strict', "default-src 'none'; script-src 'self'; img-src 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"]
])
const blank = '<!doctype html><html lang="en"><title>A page with nothing on it</title><script type="module" src="/tests/browser/in-page.mjs"></script><h1>Nothing</h1>'

// Each build under the strictest policy that lets it run.
const builds = [
  { build: 'with WebAssembly', entry: '/pkg/core.js', page: '/blank', many: 1_000_000 },
  { build: 'without', entry: '/pkg/core-js.js', page: '/no-wasm', many: 100_000 }
]

let engine
let server
before(async () => {
  server = await startServer({
    forTests: true,
    pages: new Map([...policies.keys()].map((path) => [path, blank])),
    headersFor: (path) => (policies.has(path) ? { 'Content-Security-Policy': policies.get(path) } : undefined)
  })
  engine = await startEngine(engineOfThisRun())
  await engine.driver.manage().setTimeouts({ script: 300_000 })
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

const inPage = (name, ...given) => callInPage(engine.driver, '/tests/core-in-page.mjs', name, ...given)
const open = (page) => engine.driver.get(server.url + page)

function holds({ checked, number, failures }, expected) {
  assert.equal(number, 0, `${number} of ${checked}:\n${failures.join('\n')}`)
  if (expected === undefined) assert.ok(checked > 0)
  else assert.equal(checked, expected)
}

const inFolder = (folder, names) => Object.fromEntries(names.map((name) => [name, folder + name]))

for (const { build, entry, page, many } of builds) {
  // A package that nothing has started yet.
  const check = (name, holding) =>
    test(`${name}, ${build}`, async () => {
      await open(page)
      await holding()
    })
  const vector = (file, name, ...addresses) => inPage('vector', entry, file, name, addresses)

  check('every row of the decision tables is decided so', async () => {
    const texts = inFolder('/tests/ods/', ['cases.tsv', 'parent-cases.tsv'])
    holds(await vector('decisions.mjs', 'decisions', texts), 368 + 19)
  })

  check('real codes get exactly what the counts say', async () => {
    const counts = '/tests/ods/real-counts.tsv'
    const { filesOf } = await import('./vectors/real-codes.mjs')
    const names = filesOf(await (await fetch(server.url + counts)).text())
    holds(await vector('real-codes.mjs', 'realCodes', counts, inFolder('/tests/ods/real/', names)), 107_258)
  })

  check('strings that broke other software are judged', async () => {
    holds(await vector('hostile.mjs', 'naughtyStrings', '/tests/hostile/blns.json'), 515 * 2)
  })

  check('characters that look like ours are repaired or named', async () => {
    holds(await vector('hostile.mjs', 'confusables', '/tests/hostile/confusables-ascii.tsv'), 1442 * (6 + 5) * 2)
  })

  check('halves of characters and pastes of 10 MB are judged', async () => holds(await vector('hostile.mjs', 'oddTexts')))

  check('reports are those of the native rules, byte for byte', async () => {
    holds(await vector('reports-equal.mjs', 'reportsEqual', '/tests/golden/reports.json'), 15 * 3 + 77 + 1 + 6)
  })

  check('every worked submission gets what it expects', async () => {
    const names = (await readdir(new URL('./submissions/', import.meta.url))).filter((name) => name.endsWith('.json'))
    holds(await vector('reports-equal.mjs', 'submissions', ...names.map((name) => `/tests/submissions/${name}`)), 15)
  })

  check('every worked DSPT declaration gets what it expects', async () => {
    holds(await vector('reports-equal.mjs', 'declarations', '/tests/dspt/cases.tsv', '/tests/dspt/columns.json'), 77)
  })

  check('the rules for standard forms say what all of them say', async () => holds(await inPage('standard', entry, '/tests/golden/reports.json')))

  check('what is no text is a fault', async () => holds(await vector('hostile.mjs', 'notTexts')))

  check('reports have the promised shape', async () => holds(await vector('reports.mjs', 'reports')))

  check('what a caller gets wrong is a fault that says so', async () => holds(await vector('reports.mjs', 'faults')))

  check('rules and tables say what they are', async () => holds(await vector('reports.mjs', 'catalogues')))

  check(`${many} calls take no more memory than ten thousand`, async () => holds(await inPage('memoryHolds', entry, 'manyCalls', many), many))

  check('a paste of 10 MB does not stay in memory', async () => holds(await inPage('memoryHolds', entry, 'hugePastes')))
}

const start = async (name, ...way) => {
  await open('/blank')
  return inPage('start', '/pkg/core.js', name, ...way)
}

test('importing the package fetches and starts nothing', async () => {
  await open('/blank')
  assert.equal(await inPage('imported', ['/pkg/core.js', '/pkg/core-js.js']), 2)
  assert.equal(await inPage('timesFetched'), 0)
})

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

for (const [name, work] of [
  ['a question before the start is a fault', 'askedTooEarly'],
  ['starts that overlap are one start', 'startedAtOnce'],
  ['it starts in one step with nothing', 'startedInOneStepWithoutAModule']
]) {
  test(`${name}, without`, async () => {
    await open('/no-wasm')
    holds(await inPage('start', '/pkg/core-js.js', work))
  })
}

test('without WebAssembly it needs scripts of its own origin and nothing else', async () => {
  await open('/strict')
  assert.deepEqual(await inPage('judged', '/pkg/core-js.js'), ['reject', true, 'RXK52', true, true])
})

test('nothing of all this broke the policy', async () => {
  // A browser reports when it finds time.
  await pause(1000)
  assert.deepEqual(server.policyReports, [])
})

// The last but one, as browsers report it.
test('where WebAssembly is forbidden a start says so', async () => {
  await open('/no-wasm')
  assert.equal(await inPage('refused', '/pkg/core.js'), 'an error')
})

// Only Chromium's driver tells what is in the console.
if (engineOfThisRun() === 'chromium') {
  test('nothing of all this is an error in the console', async () => {
    await consoleErrors(engine)
    holds(await start('startedAtOnce'))
    await open('/strict')
    await inPage('judged', '/pkg/core-js.js')
    assert.deepEqual((await consoleErrors(engine)).filter((message) => !/favicon/.test(message)), [])
  })
}
