// Does every crate of the build come from crates.io, under a licence that lets anybody use what is built?
//
// Known faults of crates are not asked for here: their list is on the network, which no test needs.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Each asks for no more than that its text is kept, and BSD-3-Clause that nobody is said to recommend what is built. */
const free = new Set(['Apache-2.0', 'BSD-3-Clause', 'MIT', 'Unicode-3.0', 'Unlicense', 'Zlib'])

/** Whether an SPDX expression leaves a way to use the crate under free licences alone. Crates of old write a slash for OR. */
export function isFree(expression) {
  const words = expression.replaceAll('/', ' OR ').match(/[()]|[\w.-]+/g)
  let at = 0
  const one = () => {
    const word = words[at++]
    if (word !== '(') return free.has(word)
    const inner = any()
    at += 1
    return inner
  }
  const all = () => {
    let right = one()
    while (words[at] === 'AND') {
      at += 1
      right = one() && right
    }
    return right
  }
  const any = () => {
    let right = all()
    while (words[at] === 'OR') {
      at += 1
      right = all() || right
    }
    return right
  }
  return any() && at === words.length
}

let crates
before(async () => {
  const { stdout } = await promisify(execFile)('cargo', ['metadata', '--format-version', '1', '--locked'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    maxBuffer: 2 ** 27
  })
  const { packages, workspace_members: ours } = JSON.parse(stdout)
  crates = packages.filter(({ id }) => !ours.includes(id))
})

test('every crate comes from crates.io', () => {
  assert.ok(crates.length > 50)
  const others = crates.filter(({ source }) => source !== 'registry+https://github.com/rust-lang/crates.io-index')
  assert.deepEqual(others.map(({ name, source }) => `${name} from ${source}`), [])
})

test('every crate may be used by anybody', () => {
  const others = crates.filter(({ license }) => !license || !isFree(license))
  assert.deepEqual(others.map(({ name, license }) => `${name} under ${license}`), [])
})

test('a licence is read as it is meant', () => {
  for (const expression of ['MIT', 'MIT/Apache-2.0', 'MIT OR GPL-3.0-only', '(MIT OR Apache-2.0) AND Unicode-3.0', 'GPL-2.0-only OR (MIT AND Zlib)']) {
    assert.ok(isFree(expression), expression)
  }
  for (const expression of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', '(MIT OR Apache-2.0) AND SSPL-1.0', 'Apache-2.0 WITH LLVM-exception', 'MIT OR']) {
    assert.ok(!isFree(expression), expression)
  }
})
