// Does integrity.json speak of every file that a page fetches, and of the files as they are?

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { init } from 'ncrs-form-check/core'
import { downloads, pages } from './size.mjs'

const pkg = fileURLToPath(new URL('../../pkg/', import.meta.url))
const digests = JSON.parse(await readFile(new URL('../../pkg/integrity.json', import.meta.url), 'utf8'))

test('every file that any entry makes a page fetch has its digest', async () => {
  const files = new Set()
  for (const { entry, rules } of pages) for (const file of await downloads(entry, rules)) files.add(relative(pkg, file).replaceAll('\\', '/'))
  assert.deepEqual([...files].sort(), Object.keys(digests))
})

test('every digest is that of the file', async () => {
  for (const [file, digest] of Object.entries(digests)) {
    assert.equal(digest, `sha384-${createHash('sha384').update(await readFile(pkg + file)).digest('base64')}`, file)
  }
})

test('a binary that was fetched with its digest starts the rules', async () => {
  const file = 'wasm/ncrs_form_check_bg.wasm'
  const address = `data:application/wasm;base64,${(await readFile(pkg + file)).toString('base64')}`
  await assert.rejects(fetch(address, { integrity: digests['js/rules.js'] }))
  await init({ module: await fetch(address, { integrity: digests[file] }) })
})
