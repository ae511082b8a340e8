// Does what a customer installs hold all it names, nothing else, and does it work where nothing of this repository is?

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { customer } from './customer.mjs'

const run = promisify(execFile)

let project
let manifest
let packed
let leave
before(async () => {
  ;({ project, packed, leave } = await customer())
  manifest = JSON.parse(await readFile(join(project, 'node_modules/ncrs-form-check/package.json'), 'utf8'))
})
after(() => leave?.())

/** Every file that the exports name, under whatever condition. */
function targets(entry) {
  if (entry === null) return []
  return typeof entry === 'string' ? [posix.normalize(entry)] : Object.values(entry).flatMap(targets)
}

test('every file that the exports name is in the package', () => {
  const missing = targets(manifest.exports).filter((file) => !file.includes('*') && !packed.includes(file))
  assert.deepEqual(missing, [])
  assert.ok(targets(manifest.exports).length > 3)
})

test('every entry with code has its types', () => {
  for (const [name, entry] of Object.entries(manifest.exports)) {
    if (typeof entry === 'string') continue
    assert.equal(Object.keys(entry)[0], 'types', `the first condition of ${name}: a compiler takes the first that fits`)
    assert.match(entry.types, /\.d\.ts$/)
  }
})

test('nothing is in the package that a customer does not need', () => {
  const needed = /^(package\.json|integrity\.json|README\.md|CHANGELOG\.md|LICEN[CS]E-(MIT|APACHE)|[\w/.-]+\.(js|d\.ts|wasm))$/
  assert.deepEqual(packed.filter((file) => !needed.test(file)), [])
  assert.deepEqual(packed.filter((file) => /test|fixture|target|xtask/.test(file)), [])
})

test('every file and every entry that the README names is there', async () => {
  const readme = await readFile(join(project, 'node_modules/ncrs-form-check/README.md'), 'utf8')
  const files = Array.from(readme.matchAll(/\b(?:node_modules\/ncrs-form-check\/|(?=dist\/|wasm\/|js\/rules))([\w/-]+\.\w+)/g), ([, file]) => file)
  assert.deepEqual(files.filter((file) => !packed.includes(file)), [])
  const entries = Array.from(readme.matchAll(/['`]ncrs-form-check(\/[\w/.]+)?['`]/g), ([, entry]) => `.${entry ?? ''}`)
  assert.deepEqual(entries.filter((entry) => !(entry in manifest.exports)), [])
  assert.ok(files.length > 2 && new Set(entries).size >= 5, `${files}; ${entries}`)
})

for (const [name, calls] of Object.entries({ ncrs_form_check_bg: ['check', 'checkOdsCode'], ncrs_form_check_standard: ['check'] })) {
  test(`the binary ${name} can reach nothing but its own memory`, async () => {
    const module = await WebAssembly.compile(await readFile(join(project, `node_modules/ncrs-form-check/wasm/${name}.wasm`)))
    assert.deepEqual(WebAssembly.Module.imports(module), [])
    assert.deepEqual(WebAssembly.Module.exports(module).map(({ name }) => name).sort(), ['allocate', ...calls, 'memory', 'moveStack', 'release'])
  })
}

test('it depends on nothing, runs nothing when it is installed and is made of modules', () => {
  assert.equal(manifest.name, 'ncrs-form-check')
  assert.equal(manifest.type, 'module')
  assert.equal(manifest.sideEffects, false)
  assert.equal(manifest.license, 'MIT OR Apache-2.0')
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies', 'bin']) {
    assert.deepEqual(Object.keys(manifest[key] ?? {}), [], key)
  }
  // npm runs it where the package is made, and never where it is installed.
  assert.deepEqual(Object.keys(manifest.scripts), ['prepack'])
})

test('its version is that of the crate', async () => {
  const cargo = await readFile(new URL('../../Cargo.toml', import.meta.url), 'utf8')
  assert.equal(manifest.version, cargo.match(/\[package\][^[]*?\nversion = "([^"]+)"/)[1])
})

test('a customer imports it by its name and gets an answer', async () => {
  const file = join(project, 'customer.mjs')
  await writeFile(
    file,
    `import { checkOdsCode, init, version } from 'ncrs-form-check/core'
await init()
console.log(JSON.stringify({ version, check: checkOdsCode(' a81001') }))\n`
  )
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: project })
  const { version, check } = JSON.parse(stdout)
  assert.equal(stderr, '')
  assert.equal(version, manifest.version)
  assert.equal(check.code, 'A81001')
  assert.equal(check.tidied, true)
})

test('importing every entry prints nothing, throws nothing and starts nothing', async () => {
  const entries = Object.entries(manifest.exports).filter(([name, entry]) => typeof entry !== 'string' && !name.includes('*'))
  const file = join(project, 'imports.mjs')
  const imports = entries.map(([name]) => `await import(${JSON.stringify(posix.join('ncrs-form-check', name))})`).join('\n')
  await writeFile(
    file,
    `const before = Object.keys(globalThis).join()
let compiled = 0
for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) WebAssembly[name] = () => (compiled += 1)
WebAssembly.Module = class { constructor() { compiled += 1 } }
globalThis.fetch = () => (compiled += 1)
${imports}
if (compiled > 0) console.log(compiled, 'starts')
if (Object.keys(globalThis).join() !== before) console.log('a new global')\n`
  )
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: project })
  assert.equal(stdout + stderr, '')
})
