// Does a page work that a customer built with their bundler, or that imports the installed package as it is?

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { engineOfThisRun, startEngine, waitFor } from '../browser/engines.mjs'
import { startServer } from '../browser/server.mjs'
import { bundlers } from './bundlers.mjs'
import { customer } from './customer.mjs'

// Everything in one engine; in the others one way that copies the binary and one that does not, as there an address may be read otherwise.
const ways = ['as it is', ...(engineOfThisRun() === 'chromium' ? Object.keys(bundlers) : ['esbuild', 'vite'])]

const common = "default-src 'none'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; report-uri /policy-reports"
const withWasm = `${common}; script-src 'self' 'wasm-unsafe-eval'`
const withoutWasm = `${common}; script-src 'self'`

// Each page says what its forms were found to be, by two entries at once; one form is the standard one, the other is changed.
const scripts = {
  page: `import { FormCheck } from 'ncrs-form-check'
import { checkOdsCode, init } from 'ncrs-form-check/core'
const form = document.querySelector('form')
const other = form.cloneNode(true)
form.after(other)
const config = { form: 'ods-code', today: '2026-01-31', fallback: 'js' }
const check = new FormCheck(form, config)
const changed = new FormCheck(other, { ...config, messages: { 'ODS-015': 'No postcode' } })
await Promise.all([check.ready, changed.ready])
let code = 'not started'
try { await init(); code = checkOdsCode(' rxk52').code } catch {}
document.documentElement.dataset.said = [check.state, check.validate({ show: false }).findings[0].rule, changed.validate().findings[0].message, code].join()`,
  plain: `import { createAll, FormCheck } from 'ncrs-form-check/js'
import { check, init } from 'ncrs-form-check/core/js'
const [component] = createAll(FormCheck, { form: 'ods-code', today: '2026-01-31' })
await Promise.all([component.ready, init()])
const { outcome } = check('ods-code', [['organisation.ods_code', 'A81001']], { today: '2026-01-31' })
document.documentElement.dataset.said = [component.state, component.validate({ show: false }).findings[0].rule, outcome].join()`
}

const html = (head) => `<!doctype html><html lang="en"><title>A customer's page</title>${head}
<main><h1>Your organisation</h1><form data-module="ncrs-form-check"><label for="code">ODS code</label><input id="code" name="organisation.ods_code" value="LS1 4AP"></form></main>`

let leave
let server
let engine
before(async () => {
  const { project, ...rest } = await customer()
  leave = rest.leave
  for (const [name, script] of Object.entries(scripts)) await writeFile(join(project, `${name}.js`), script)
  const pages = new Map()
  for (const way of ways) {
    const folder = way.replaceAll(' ', '-')
    for (const name of Object.keys(scripts)) {
      for (const policy of name === 'page' ? ['wasm', 'no-wasm'] : ['no-wasm']) {
        pages.set(`/${policy}/${folder}/${name}`, html(`<script type="module" src="/${folder}/scripts/${name}.js"></script>`))
      }
    }
    if (way !== 'as it is') await bundlers[way](project, join(project, folder), Object.keys(scripts))
  }
  // With neither a bundler nor an import map, which a policy forbids, addresses stand where names do.
  for (const [name, script] of Object.entries(scripts)) {
    const addressed = script.replace(/'ncrs-form-check([^']*)'/g, (_, entry) => `'/installed/dist/${entry.slice(1).replace('/', '-') || 'index'}.js'`)
    await writeFile(join(project, `addressed-${name}.js`), addressed)
    for (const policy of ['wasm', 'no-wasm']) {
      const path = `/${policy}/as-it-is/${name}`
      if (pages.has(path)) pages.set(path, html(`<script type="module" src="/as-it-is/addressed-${name}.js"></script>`))
    }
  }
  server = await startServer({
    forTests: true,
    pages,
    folders: [
      { prefix: '/installed/', folder: join(project, 'node_modules/ncrs-form-check') },
      { prefix: '/as-it-is/', folder: project },
      ...ways.slice(1).map((way) => ({ prefix: `/${way}/`, folder: join(project, way) }))
    ],
    headersFor: (path) => (pages.has(path) ? { 'Content-Security-Policy': path.startsWith('/wasm/') ? withWasm : withoutWasm } : undefined)
  })
  engine = await startEngine(engineOfThisRun())
})
after(async () => {
  await engine?.stop()
  await server?.close()
  await leave?.()
})

async function said(path) {
  await engine.driver.get(server.url + path)
  return waitFor(engine.driver, () => engine.driver.executeScript("return document.documentElement.getAttribute('data-said')"), `${path} said nothing`, 30_000)
}

for (const way of ways) {
  const folder = way.replaceAll(' ', '-')

  test(`${way}: a page with WebAssembly, and two entries`, async () => {
    assert.equal(await said(`/wasm/${folder}/page`), 'ready,ODS-015,No postcode,RXK52')
  })

  test(`${way}: a page without`, async () => {
    assert.equal(await said(`/no-wasm/${folder}/plain`), 'ready,ODS-015,accept')
    assert.deepEqual(server.policyReports, [])
  })

  test(`${way}: a page that takes the other build where WebAssembly is refused`, async () => {
    assert.equal(await said(`/no-wasm/${folder}/page`), 'ready,ODS-015,No postcode,not started')
    // The refusal itself.
    server.policyReports.length = 0
  })
}
