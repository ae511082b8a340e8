// Do the rules come back after a trap, in Node, with WebAssembly and without?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { check, init } from 'ncrs-form-check/core'
import { instantiate } from '../../pkg/js/rules.js'
import { binary } from '../thread.mjs'
import { recovers } from '../vectors/recovery.mjs'
import { spoiledFolder } from './spoiled.mjs'

let folder
before(async () => {
  folder = await spoiledFolder()
})

const instances = (bytes) => {
  const module = new WebAssembly.Module(bytes)
  return () => new WebAssembly.Instance(module).exports
}
const spoiledBinary = () => readFile(join(folder, 'rules.wasm'))

function holds({ checked, failures }) {
  assert.deepEqual(failures, [])
  assert.equal(checked, 11)
}

test('with WebAssembly the rules come back', async () => {
  holds(await recovers(instances(await spoiledBinary()), instances(await binary())))
})

test('without WebAssembly the rules come back', async () => {
  const spoiled = await import(pathToFileURL(join(folder, 'rules.js')))
  holds(await recovers(spoiled.instantiate, instantiate))
})

test('through the public entry nobody notices', async () => {
  await init({ module: await spoiledBinary() })
  const reports = [1, 2, 3].map(() => JSON.stringify(check('ods-code', { organisation: { ods_code: 'A81001' } }, { today: '2026-01-31' })))
  assert.equal(JSON.parse(reports[0]).outcome, 'accept')
  assert.deepEqual(reports, [reports[0], reports[0], reports[0]])
})
