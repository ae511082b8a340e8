// Does a browser that is not there fail a test, and say what to do? It must never look like a test that passed.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Runs the tests of the engines as `cargo xtask test` does, with these variables. */
function runTests(variables) {
  const file = fileURLToPath(new URL('engines.browser.test.mjs', import.meta.url))
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return new Promise((done) => {
    execFile(process.execPath, ['--test', '--test-reporter=spec', file], { env: { ...env, ...variables } }, (error, output) =>
      done({ code: error?.code ?? 0, output })
    )
  })
}

const parts = [
  ['chromium', 'NCRS_CHROMIUM'],
  ['chromium', 'NCRS_CHROMEDRIVER'],
  ['firefox', 'NCRS_FIREFOX'],
  ['firefox', 'NCRS_GECKODRIVER'],
  ['webkit', 'NCRS_WEBKIT_DRIVER'],
  ['webkit', 'NCRS_MINIBROWSER'],
  ['webkit', 'NCRS_XVFB']
]

for (const [engine, variable] of parts) {
  test(`${engine} fails when ${variable} names nothing`, async () => {
    // The engine's other programs are named too, by one that is there: the test must not depend on what is installed.
    const others = parts.filter(([of]) => of === engine).map(([, other]) => [other, process.execPath])
    const { code, output } = await runTests({ ...Object.fromEntries(others), NCRS_ENGINE: engine, [variable]: '/nowhere/at-all' })
    assert.equal(code, 1)
    assert.match(output, new RegExp(`${variable} names /nowhere/at-all, which is not there`))
    assert.match(output, /ℹ pass 0\n/)
    assert.match(output, /ℹ skipped 0\n/)
  })
}

test('an engine that is not installed fails and says how to install it', async () => {
  const { code, output } = await runTests({ NCRS_ENGINE: 'chromium', PATH: '/nowhere' })
  assert.equal(code, 1)
  assert.match(output, /chromedriver is not installed\. On Debian or Ubuntu: `apt-get install chromium-driver`/)
})

test('a run that names no engine fails', async () => {
  const { code, output } = await runTests({ NCRS_ENGINE: '' })
  assert.equal(code, 1)
  assert.match(output, /NCRS_ENGINE should be one of chromium, firefox, webkit/)
})
