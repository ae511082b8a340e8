// Does memory stay flat in Node? In a file, and so a process, of its own: no earlier test has grown it.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as api from 'ncrs-form-check/core'
import * as glue from '../pkg/wasm/ncrs_form_check.js'
import { aMillionCalls, hugePastes, memoryOf } from './vectors/memory.mjs'

let memory
before(async () => {
  await api.init()
  memory = await memoryOf(glue)
})

test('a million calls take no more memory than ten thousand', () => {
  const { checked, failures } = aMillionCalls(api, memory)
  assert.deepEqual(failures, [])
  assert.equal(checked, 1_000_000)
})

test('a paste of 10 MB does not stay in memory', () => {
  assert.deepEqual(hugePastes(api, memory).failures, [])
})
