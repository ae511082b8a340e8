// Does the package keep its contract in this browser, under the policy that an NHS service sends?

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { consoleErrors, engineOfThisRun, startEngine } from './browser/engines.mjs'
import { startServer } from './browser/server.mjs'
import { waysToStart } from './vectors/starting.mjs'

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'self'; form-action 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"

let engine
let server
before(async () => {
  server = await startServer({
    forTests: true,
    pages: new Map([['/blank', '<!doctype html><html lang="en"><title>A page with nothing on it</title><h1>Nothing</h1>']]),
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

/** Calls one function of a vector file in the page, with the started package and the texts of these files. */
async function vector(file, name, ...texts) {
  return engine.run(
    async (module, work, addresses) => {
      const api = await import('/pkg/core.js')
      await api.init()
      const vectors = await import(module)
      const text = async (address) => (await fetch(address)).text()
      const given = []
      for (const address of addresses) {
        if (typeof address === 'string') given.push(await text(address))
        else given.push(Object.fromEntries(await Promise.all(Object.entries(address).map(async ([key, value]) => [key, await text(value)]))))
      }
      const { checked, failures } = await vectors[work](api, ...given)
      return { checked, number: failures.length, failures: failures.slice(0, 25) }
    },
    `/tests/vectors/${file}`,
    name,
    texts
  )
}

/** The same for what wants a package that nothing has started. */
async function start(name, ...given) {
  return engine.run(
    async (work, rest) => {
      const api = await import('/pkg/core.js')
      const starting = await import('/tests/vectors/starting.mjs')
      const address = new URL('/pkg/wasm/ncrs_form_check_bg.wasm', location.href).href
      if (rest.length > 0) rest.push(new Uint8Array(await (await fetch(address)).arrayBuffer()), address)
      const { checked, failures } = await starting[work](api, ...rest)
      return { checked, number: failures.length, failures }
    },
    name,
    given
  )
}

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

test('what is no text is a fault', async () => holds(await vector('hostile.mjs', 'notTexts')))

test('reports have the promised shape', async () => holds(await vector('reports.mjs', 'reports')))

test('what a caller gets wrong is a fault that says so', async () => holds(await vector('reports.mjs', 'faults')))

test('rules and tables say what they are', async () => holds(await vector('reports.mjs', 'catalogues')))

for (const name of ['aMillionCalls', 'hugePastes']) {
  const title = { aMillionCalls: 'a million calls take no more memory than ten thousand', hugePastes: 'a paste of 10 MB does not stay in memory' }[name]
  test(title, async () => {
    const result = await engine.run(async (work) => {
      const api = await import('/pkg/core.js')
      await api.init()
      const vectors = await import('/tests/vectors/memory.mjs')
      const memory = await vectors.memoryOf(await import('/pkg/wasm/ncrs_form_check.js'))
      const { checked, failures } = vectors[work](api, memory)
      return { checked, number: failures.length, failures }
    }, name)
    holds(result, name === 'aMillionCalls' ? 1_000_000 : undefined)
  })
}

test('importing the package does nothing by itself', async () => {
  const names = await engine.run(async () => {
    await import('/pkg/core.js')
    return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  })
  assert.deepEqual(names.filter((name) => name.endsWith('.wasm')), [])
})

test('a question before the start is a fault', async () => holds(await start('askedTooEarly')))

test('starts that overlap are one start and fetch the binary once', async () => {
  holds(await start('startedAtOnce'))
  const fetched = await engine.run(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length)
  assert.equal(fetched, 1)
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
