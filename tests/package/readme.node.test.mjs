// Does the code of the README do what it says, copied as it stands?

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { init, check } from 'ncrs-form-check/core'

const run = promisify(execFile)
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')

/** Every block of code in a language after a heading. */
function blocksUnder(heading, language) {
  const after = readme.slice(readme.indexOf(`\n${heading}\n`))
  assert.ok(after.length < readme.length, `there is no ${heading}`)
  return after.split('```' + language + '\n').slice(1).map((block) => block.split('\n```')[0])
}

/** The first of them. */
const codeUnder = (heading, language) => blocksUnder(heading, language)[0]

test('the Node example prints what its comment says', async () => {
  // Beside the tests, so that the package is found by its name.
  const file = fileURLToPath(new URL('../example-of-the-readme.mjs', import.meta.url))
  await writeFile(file, codeUnder('### In Node', 'js'))
  try {
    const { stdout } = await run(process.execPath, [file])
    assert.equal(stdout, 'accept\n')
  } finally {
    await rm(file)
  }
})

test('the server code is that of the examples, which are tested', async () => {
  for (const [language, example] of [['js', 'server-node/server.mjs'], ['rust', 'server.rs']]) {
    const source = await readFile(new URL(`../../examples/${example}`, import.meta.url), 'utf8')
    // What a file uses stands at its top.
    const code = blocksUnder('### On the server', language).find((block) => block.includes('What is to mend')).replace(/^use .*\n\n?/gm, '')
    assert.ok(code.split('\n').length > 5)
    assert.ok(source.includes(`${code}\n`), `the ${language} under On the server is not in examples/${example}`)
  }
})

test('the profile of the README makes sense', async () => {
  await init()
  const answers = {}
  const called = new Function('check', 'answers', `return ${codeUnder('### When your form differs', 'js')}`)(check, answers)
  assert.equal(called.profile, 'our-service')
  assert.ok(called.findings.some(({ message }) => message === 'Enter the name of your practice'))
  assert.ok(called.findings.some(({ rule, question }) => rule === 'ANS-001' && question === 'organisation.town'))
})

test("the fields of the package's README get the messages that it shows", async () => {
  await init()
  const own = await readFile(new URL('../../pkg/README.md', import.meta.url), 'utf8')
  const [, example, shown] = own.match(/```js\n(check\('ods-code', \{ organisation[^]*?)\n\/\/ (.*)\n```/)
  const value = (code) => new Function('check', `return ${code}`)(check)
  assert.deepEqual(value(example), value(shown))
})

test('the page and the React example use only what the package exports', async () => {
  for (const [heading, language, entry] of [
    ['### On a form that exists', 'html', 'ncrs-form-check'],
    ['### In React', 'jsx', 'ncrs-form-check/core']
  ]) {
    const names = codeUnder(heading, language).match(/import \{ ([\w, ]+) \} from '[^']*ncrs-form-check[^']*'/)[1].split(', ')
    const exported = Object.keys(await import(entry))
    for (const name of names) assert.ok(exported.includes(name), name)
  }
})
