// Does each engine really load a page, run its modules and start WebAssembly?

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { engineOfThisRun, runInPage, startEngine } from './engines.mjs'
import { startServer } from './server.mjs'

let engine
let server
before(async () => {
  server = await startServer({
    forTests: true,
    pages: new Map([
      ['/page', '<!doctype html><html lang="en"><title>A page</title><p>Nothing here yet</p>']
    ]),
    headersFor: (path) =>
      path === '/page' ? { 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" } : undefined
  })
  engine = await startEngine(engineOfThisRun())
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
const adder = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1,
  106, 11
]

test('a page is loaded and its title read', async () => {
  await engine.driver.get(`${server.url}/page`)
  assert.equal(await engine.driver.getTitle(), 'A page')
})

test('a module of the server is imported', async () => {
  await engine.driver.get(`${server.url}/page`)
  const names = await engine.run(async () => Object.keys(await import('/tests/browser/a-module.mjs')).sort())
  assert.deepEqual(names, ['answer'])
})

test('WebAssembly runs under a policy that allows it', async () => {
  await engine.driver.get(`${server.url}/page`)
  const sum = await engine.run(async (bytes) => {
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes))
    return instance.exports.add(40, 2)
  }, adder)
  assert.equal(sum, 42)
})

test('what goes wrong in the page is told here', async () => {
  await engine.driver.get(`${server.url}/page`)
  const broken = runInPage(engine.driver, async () => {
    throw new TypeError('on purpose')
  })
  await assert.rejects(broken, /in the page: TypeError: on purpose/)
})

test('the engine is the one that was asked for', async () => {
  await engine.driver.get(`${server.url}/page`)
  const agent = await engine.run(() => navigator.userAgent)
  const mark = { chromium: /Chrome\/\d/, firefox: /Gecko\/\d+ Firefox\/\d/, webkit: /Version\/[\d.]+ Safari\// }[engine.name]
  assert.match(agent, mark)
  if (engine.name === 'webkit') assert.doesNotMatch(agent, /Chrome/)
})
