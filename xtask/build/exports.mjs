// Which exports of the binary does pkg/instance.js call, and under which names?
//
//     node exports.mjs <the folder that wasm-pack wrote> <the binary to write>
//
// wasm-bindgen numbers the exports that its own glue calls, so which is which is read from that glue. Those that nothing of ours calls go, and
// with them what only they need.

import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// From the tooling of the tests, which is locked.
const tooling = createRequire(new URL('../../tests/package.json', import.meta.url))
const { default: binaryen } = await import(pathToFileURL(tooling.resolve('binaryen')))

const [folder, written] = process.argv.slice(2)
const glue = await readFile(join(folder, 'ncrs_form_check.js'), 'utf8')

function named(pattern, what) {
  const found = new Set(Array.from(glue.matchAll(pattern), ([, name]) => name))
  if (found.size !== 1) throw new Error(`expected one export that ${what} in what wasm-bindgen wrote, found ${found.size}: read its glue anew`)
  return [...found][0]
}

const names = new Map([
  ['memory', 'memory'],
  ['check', 'check'],
  ['checkOdsCode', 'checkOdsCode'],
  [named(/passStringToWasm0\(\w+, wasm\.(\w+), wasm\.\w+\)/g, 'takes room for a text'), 'allocate'],
  [named(/wasm\.(\w+)\(deferred\w+, deferred\w+, 1\)/g, 'gives it back'), 'release'],
  [named(/= wasm\.(\w+)\(-16\)/g, 'moves the stack'), 'moveStack']
])

const module = binaryen.readBinary(await readFile(join(folder, 'ncrs_form_check_bg.wasm')))
const exports = Array.from({ length: module.getNumExports() }, (_, at) => binaryen.getExportInfo(module.getExportByIndex(at)))
for (const wanted of names.keys()) {
  if (!exports.some(({ name }) => name === wanted)) throw new Error(`the binary has no export ${wanted}`)
}
for (const { name } of exports) module.removeExport(name)
for (const { name, kind, value } of exports) {
  if (!names.has(name)) continue
  if (kind === binaryen.ExternalMemory) module.addMemoryExport(value, names.get(name))
  else module.addFunctionExport(value, names.get(name))
}
await writeFile(written, module.emitBinary())
