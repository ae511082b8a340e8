// Which exports of the binary does pkg/instance.js call, and under which names?
//
//     node exports.mjs <the folder that wasm-pack wrote> <the binary to write> [exports of the crate to leave out]
//
// wasm-bindgen numbers the exports that its own glue calls, so which is which is read from that glue. Those that nothing of ours calls go, and
// with them what only they need. So does what a panic would say.

import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// From the tooling of the tests, which is locked.
const tooling = createRequire(new URL('../../tests/package.json', import.meta.url))
const { default: binaryen } = await import(pathToFileURL(tooling.resolve('binaryen')))

const [folder, written, ...leftOut] = process.argv.slice(2)
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
for (const name of leftOut) names.delete(name)
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

// A panic ends in a trap whatever it says before, and here nobody hears it: its words, and all that puts them together, stay out of the download.
// What formats would stay all the same, as tables of addresses name it. It goes where nothing but panics calls it.
const panics = /^(core|alloc)(\[\w+\])?::(panicking::[\w:]+|raw_vec::handle_error|alloc::handle_alloc_error)$/
const formats = /\b(core|std)(\[\w+\])?::(fmt|panicking)::|::rust_begin_unwind$/
// A closure behind a `dyn Fn` can be given away too and then called once. `Box<dyn FnOnce>` is nowhere, so none is; if it were, it would trap.
const givenAway = /::call_once\{\{vtable\.shim\}\}/
let caller
for (const line of module.emitText().split('\n')) {
  const [, what, quoted, plain] = /^ +\((func|call) \$(?:"([^"]+)"|([^\s)]+))/.exec(line) ?? []
  const called = quoted ?? plain ?? ''
  if (what === 'func') caller = called
  else if (givenAway.test(called)) throw new Error(`${caller} calls ${called}: it needs what the build leaves out`)
  else if (formats.test(called) && !panics.test(called) && !formats.test(caller)) throw new Error(`${caller} calls ${called}: put texts together with concat instead`)
}
const functions = Array.from({ length: module.getNumFunctions() }, (_, at) => module.getFunctionByIndex(at))
const unheard = functions.filter((made) => [panics, formats, givenAway].some((names) => names.test(binaryen.getFunctionInfo(made).name)))
if (unheard.length === 0) throw new Error('the binary does not name its functions')
for (const made of unheard) binaryen.Function.setBody(made, module.unreachable())

// The words themselves lie among ours, and binaryen cannot tell that nobody reads them any more. As noughts they weigh nothing.
const pairsOfDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0')).join('')
const unread = [
  /(?:src|\/rustc\/\w+\/library)\/[\w/-]+\.rs\0/g,
  /attempt to [a-z]+ (?:[a-z]+ )*(?:with overflow|with a divisor of zero|by zero)/g,
  /assertion failed: self\.is_char_boundary\(new_len\)/g,
  /called `(?:Option|Result)::\w+\(\)` on an? `\w+` value/g,
  /insertion index \(is [^]{2}\) should be <= len \(is [^]{2}\)/g,
  /Once instance has previously been poisoned/g,
  /one-time initialization may not be performed recursively/g,
  /Tried to shrink to a larger capacity/g,
  /capacity overflow/g,
  new RegExp(pairsOfDigits, 'g')
]
let bytes = Buffer.from(module.emitBinary()).toString('latin1')
for (const words of unread) bytes = bytes.replace(words, (found) => '\0'.repeat(found.length))
await writeFile(written, bytes, 'latin1')
