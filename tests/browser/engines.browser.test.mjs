// Does each engine really load a page, run its modules and start WebAssembly?

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callInPage, engineOfThisRun, runBesidePage, startEngine } from './engines.mjs'
import { startServer } from './server.mjs'

let engine
let server
let lost = 0
before(async () => {
  server = await startServer({
    forTests: true,
    pages: new Map([
      ['/page', '<!doctype html><html lang="en"><title>A page</title><script type="module" src="/tests/browser/in-page.mjs"></script><p>Nothing here yet</p>']
    ]),
    headersFor: (path) =>
      path === '/page' ? { 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" } : undefined,
    first(request, response, path) {
      if (path !== '/lost.mjs') return false
      if (request.url === `${path}?once`) {
        lost += 1
        response.destroy()
      } else {
        response.writeHead(200, { 'Content-Type': 'text/javascript' })
        response.end("export const run = () => 'here'")
      }
      return true
    }
  })
  engine = await startEngine(engineOfThisRun())
})
after(async () => {
  await engine?.stop()
  await server?.close()
})

const inPage = (name, ...given) => callInPage(engine.driver, '/tests/browser/a-module.mjs', name, ...given)

test('a page is loaded and its title read', async () => {
  await engine.driver.get(`${server.url}/page`)
  assert.equal(await engine.driver.getTitle(), 'A page')
})

test('a module runs in the page', async () => {
  await engine.driver.get(`${server.url}/page`)
  assert.deepEqual(await inPage('whereAmI', { nested: ['ü', null, 1.5] }), { title: 'A page', given: { nested: ['ü', null, 1.5] }, sameWorld: true })
})

test('WebAssembly runs under a policy that allows it', async () => {
  await engine.driver.get(`${server.url}/page`)
  assert.equal(await inPage('sum', 40, 2), 42)
})

test('what goes wrong in the page is told here', async () => {
  await engine.driver.get(`${server.url}/page`)
  await assert.rejects(inPage('broken'), /in the page: TypeError: on purpose/)
  await assert.rejects(inPage('noSuchFunction'), /in the page: TypeError: /)
  await assert.rejects(callInPage(engine.driver, '/no-such-module.mjs', 'x'), /in the page: TypeError: /)
})

test('a module whose connection was lost is asked for again', async () => {
  await engine.driver.get(`${server.url}/page`)
  assert.equal(await callInPage(engine.driver, '/lost.mjs?once', 'run'), 'here')
  assert.ok(lost > 0)
})

test('what goes wrong beside the page is told here', async () => {
  await engine.driver.get(`${server.url}/page`)
  const broken = runBesidePage(engine.driver, async () => {
    throw new TypeError('on purpose')
  })
  await assert.rejects(broken, /in the page: TypeError: on purpose/)
})

test('the engine is the one that was asked for', async () => {
  await engine.driver.get(`${server.url}/page`)
  const agent = await runBesidePage(engine.driver, () => navigator.userAgent)
  const mark = { chromium: /Chrome\/\d/, firefox: /Gecko\/\d+ Firefox\/\d/, webkit: /Version\/[\d.]+ Safari\// }[engine.name]
  assert.match(agent, mark)
  if (engine.name === 'webkit') assert.doesNotMatch(agent, /Chrome/)
})
