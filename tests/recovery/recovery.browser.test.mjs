// Do the rules come back after a trap, in this browser, on the thread that the page lives on?

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callInPage, engineOfThisRun, startEngine } from '../browser/engines.mjs'
import { startServer } from '../browser/server.mjs'
import { spoiledFolder } from './spoiled.mjs'

const policy = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'"

let engine
let server
before(async () => {
  server = await startServer({
    forTests: true,
    folders: [{ prefix: '/spoiled/', folder: await spoiledFolder() }],
    pages: new Map([['/blank', '<!doctype html><html lang="en"><title>A page with nothing on it</title><script type="module" src="/tests/browser/in-page.mjs"></script><h1>Nothing</h1>']]),
    headersFor: (path) => (path === '/blank' ? { 'Content-Security-Policy': policy } : undefined)
  })
  engine = await startEngine(engineOfThisRun())
  await engine.driver.manage().setTimeouts({ script: 60_000 })
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

async function inPage(name) {
  await engine.driver.get(`${server.url}/blank`)
  return callInPage(engine.driver, '/tests/recovery/recovery-in-page.mjs', name)
}

function holds({ checked, failures }) {
  assert.deepEqual(failures, [])
  assert.equal(checked, 11)
}

test('with WebAssembly the rules come back', async () => holds(await inPage('withWasm')))

test('without WebAssembly the rules come back', async () => holds(await inPage('without')))

test('through the public entry nobody notices', async () => assert.deepEqual(await inPage('reports'), ['accept', 'accept', 'accept']))
