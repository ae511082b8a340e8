// Does memory stay flat in Node? In a file, and so a process, of its own: no earlier test has grown it.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { instantiate } from '../pkg/js/rules.js'
import { binary } from './thread.mjs'
import { aMillionCalls, hugePastes, watched } from './vectors/memory.mjs'

const makers = {
  'with WebAssembly': async () => {
    const module = await WebAssembly.compile(await binary())
    return () => new WebAssembly.Instance(module).exports
  },
  without: () => instantiate
}

for (const [build, makerOf] of Object.entries(makers)) {
  let core
  before(async () => {
    core = await watched(await makerOf())
  })

  test(`a million calls take no more memory than ten thousand, ${build}`, () => {
    const { checked, failures } = aMillionCalls(core)
    assert.deepEqual(failures, [])
    assert.equal(checked, 1_000_000)
  })

  test(`a paste of 10 MB does not stay in memory, ${build}`, () => {
    assert.deepEqual(hugePastes(core).failures, [])
  })
}
