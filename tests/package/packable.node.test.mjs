// Can a package be packed that lacks a file, or is of two builds? npm would do it without a word.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const pkg = fileURLToPath(new URL('../../pkg', import.meta.url))
const script = fileURLToPath(new URL('../../xtask/build/packable.mjs', import.meta.url))

let folder
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ncrs-packable-'))
  await cp(pkg, folder, { recursive: true, dereference: true })
})
afterEach(() => rm(folder, { recursive: true }))

const asked = () => spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })

test('what one build made can be packed', () => {
  const { status, stderr } = asked()
  assert.deepEqual([status, stderr], [0, ''])
})

test('a clone in which nothing was built is refused, with what to do', async () => {
  for (const built of ['dist', 'js', 'wasm', 'integrity.json']) await rm(join(folder, built), { recursive: true })
  const { status, stderr } = asked()
  assert.equal(status, 1)
  assert.equal(stderr, 'Not packed: dist, integrity.json, js/rules-standard.js, js/rules.js, wasm/catalogue.js, wasm/ncrs_form_check_bg.wasm, wasm/ncrs_form_check_standard.wasm not there. Run cargo xtask build, then pack again.\n')
})

test('a file of another build is refused by its name', async () => {
  await appendFile(join(folder, 'dist/index.js'), '\n')
  const { status, stderr } = asked()
  assert.equal(status, 1)
  assert.match(stderr, /^Not packed: dist\/index\.js not of the build that integrity\.json is of\. /)
})

test('npm asks before it packs', () => {
  const { status, stderr } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', 'prepack', '--silent'], { cwd: pkg, encoding: 'utf8' })
  assert.deepEqual([status, stderr], [0, ''])
})
