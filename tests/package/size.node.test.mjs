// Is what a page downloads within the budget, and is everything of it counted?

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { budget, budgetWithoutWasm, downloads, measure, mostWhereChanged, pages, weigh } from './size.mjs'

for (const page of pages.filter(({ most }) => most !== undefined)) {
  test(`${page.page} is no heavier than it may be`, async () => {
    const { total } = await weigh(page)
    assert.ok(total.brotli <= page.most, `${total.brotli} bytes of brotli, of at most ${page.most}`)
  })
}

test('the budgets are those of the design, and what stands for one follows the size down', async () => {
  assert.deepEqual([budget, budgetWithoutWasm], [60_000, 100_000])
  const { total } = await weigh(pages.find(({ most }) => most === mostWhereChanged))
  assert.ok(mostWhereChanged - total.brotli < 2_000, `it is ${mostWhereChanged - total.brotli} bytes too high: lower it`)
})

test('each page fetches its entry and the rules, and no entry names a file that no page fetches', async () => {
  const named = new Set()
  const fetched = new Set()
  for (const { page, entry, rules } of pages) {
    const names = (await downloads(entry, rules)).map((file) => basename(file))
    assert.deepEqual(names, [basename(entry), rules], page)
    for (const name of names) fetched.add(name)
    for (const file of await downloads(entry)) named.add(basename(file))
  }
  assert.deepEqual([...named].sort(), [...fetched].sort())
})

test('static, re-exported, dynamic and named files are followed, once each and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ncrs-size-'))
  try {
    const files = {
      'entry.js': `import './static.js'\nexport * from './again.mjs'\nexport const later = () => import('./dynamic.js')\n// import './comment.js'\n`,
      'static.js': `import './again.mjs'\nexport const file = new URL('data.wasm', import.meta.url)\n`,
      'again.mjs': `import 'a-package'\nimport './entry.js'\n`,
      'dynamic.js': `export {}\n`,
      'data.wasm': 'x'.repeat(1000),
      'bystander.js': ''
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const names = (await downloads(join(folder, 'entry.js'))).map((file) => basename(file))
    assert.deepEqual(names, ['entry.js', 'static.js', 'again.mjs', 'dynamic.js', 'data.wasm'])
    assert.equal((await downloads(join(folder, 'entry.js'), 'data.wasm')).length, 5)
    assert.equal((await downloads(join(folder, 'entry.js'), 'other.wasm')).length, 4)

    const { rows, total } = await weigh({ entry: join(folder, 'entry.js') })
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
    await assert.rejects(weigh({ entry: join(folder, 'entry.js') }), /ENOENT/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
