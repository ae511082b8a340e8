// Is what a page downloads within the budget, and is everything of it counted?

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { budget, budgetWithoutWasm, ceiling, downloads, entries, measure, weigh } from './size.mjs'

test('the default entry is within its budget, or over it and no heavier than it was', async () => {
  const [entry] = entries()
  assert.ok(entry, 'pkg/ has no entry')
  const { total } = await weigh(entry)
  assert.ok(total.brotli <= Math.max(budget, ceiling), `${total.brotli} bytes of brotli; the budget is ${budget} and until it is met the ceiling is ${ceiling}`)
})

test('the entry without WebAssembly is within its own', async () => {
  const [entry] = entries('withoutWasm')
  assert.ok(entry, 'pkg/ has no entry without WebAssembly')
  const { total } = await weigh(entry)
  assert.ok(total.brotli <= budgetWithoutWasm, `${total.brotli} bytes of brotli; the budget is ${budgetWithoutWasm}`)
})

test('the ceiling follows the size down and goes when the budget is met', async () => {
  const { total } = await weigh(entries()[0])
  assert.ok(total.brotli > budget || ceiling === 0, 'the budget is met: set the ceiling to 0')
  assert.ok(total.brotli <= budget || ceiling - total.brotli < 2_000, `the ceiling is ${ceiling - total.brotli} bytes too high: lower it`)
})

test('the binary is counted where it is used, and what is made of it where that is', async () => {
  for (const [kind, file, other] of [
    ['withWasm', 'ncrs_form_check_bg.wasm', 'rules.js'],
    ['withoutWasm', 'rules.js', 'ncrs_form_check_bg.wasm']
  ]) {
    assert.ok(entries(kind).length > 0, 'pkg/ has no entry')
    for (const entry of entries(kind)) {
      const names = (await downloads(entry)).map((file) => basename(file))
      assert.ok(names.includes(file) && !names.includes(other), `${basename(entry)}: ${names}`)
    }
  }
})

test('static, re-exported, dynamic and named files are followed, once each and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ncrs-size-'))
  try {
    const files = {
      'entry.js': `import './static.js'\nexport * from './again.mjs'\nexport const later = () => import('./dynamic.js')\nexport const refused = () => import('./load-js-ABC.js')\n// import './comment.js'\n`,
      'static.js': `import './again.mjs'\nexport const file = new URL('data.wasm', import.meta.url)\n`,
      'again.mjs': `import 'a-package'\nimport './entry.js'\n`,
      'dynamic.js': `export {}\n`,
      'data.wasm': 'x'.repeat(1000),
      'load-js-ABC.js': '',
      'bystander.js': ''
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const names = (await downloads(join(folder, 'entry.js'))).map((file) => basename(file))
    assert.deepEqual(names, ['entry.js', 'static.js', 'again.mjs', 'dynamic.js', 'data.wasm'])

    const { rows, total } = await weigh(join(folder, 'entry.js'))
    assert.equal(rows.length, 5)
    assert.equal(total.raw, rows.reduce((sum, row) => sum + row.raw, 0))
    const sizes = await measure(join(folder, 'data.wasm'))
    assert.equal(sizes.raw, 1000)
    assert.ok(sizes.gzip < 100 && sizes.brotli < sizes.gzip, JSON.stringify(sizes))
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a file that is named and not there is a failure, not a zero', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ncrs-size-'))
  try {
    await writeFile(join(folder, 'entry.js'), `import './gone.js'\n`)
    await assert.rejects(weigh(join(folder, 'entry.js')), /ENOENT/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
