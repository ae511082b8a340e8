// Does memory stay flat in Node? In a file, and so a process, of its own: no earlier test has grown it.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { instantiate } from '../pkg/js/rules.js'
import { binary } from './thread.mjs'
import { manyCalls, hugePastes, watched } from './vectors/memory.mjs'

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

  const many = build === 'without' ? 100_000 : 1_000_000
  test(`${many} calls take no more memory than ten thousand, ${build}`, () => {
    const { checked, failures } = manyCalls(core, many)
    assert.deepEqual(failures, [])
    assert.equal(checked, many)
  })

  test(`a paste of 10 MB does not stay in memory, ${build}`, () => {
    assert.deepEqual(hugePastes(core).failures, [])
  })
}
