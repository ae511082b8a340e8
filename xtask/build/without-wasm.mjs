// What is the binary as JavaScript, for pages that may run no WebAssembly?
//
//     node without-wasm.mjs <binary> <module to write>
//
// The module exports `instantiate`, which makes an instance with exports as a WebAssembly.Instance has them. Importing it runs nothing.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { namedByPlace } from './order.mjs'

// From the tooling of the tests, which is locked.
const tooling = createRequire(new URL('../../tests/package.json', import.meta.url))
const { transform } = await import(pathToFileURL(tooling.resolve('esbuild')))
const binaryen = (program, ...given) =>
  execFileSync(process.execPath, [fileURLToPath(new URL(`../../tests/node_modules/binaryen/bin/${program}`, import.meta.url)), ...given], { stdio: 'inherit' })

// What the binary may use, named one by one, and how that is said without it which wasm2js does not know. It does know how to copy memory: by
// copyWithin, which is many times as fast as a loop over bytes.
const copies = ['--enable-bulk-memory', '--enable-bulk-memory-opt']
const uses = [...copies, '--enable-mutable-globals', '--enable-nontrapping-float-to-int', '--enable-sign-ext']
const lowered = ['--signext-lowering', '--llvm-nontrapping-fptoint-lowering']

// Functions stay as they are: what is called once and put into its caller makes functions so long that engines do not compile them well, and a
// text that compresses worse.
const apart = ['--flexible-inline-max-function-size=0', '--one-caller-inline-max-function-size=0']

/** The text of a JavaScript string whose characters are these bytes. Base64, which wasm2js writes, is half as large again once compressed. */
function literal(base64) {
  const escaped = (character) => (/["\\]/.test(character) ? `\\${character}` : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `"${Buffer.from(base64, 'base64').toString('latin1').replace(/["\\\0-\x1f\x7f-\xa0\xad]/g, escaped)}"`
}

const fill = `function fill(view, address, text) {
  for (var at = 0; at < text.length; at += 1) view[address + at] = text.charCodeAt(at);
}`

/** Writes the bytes of a text as they are, where esbuild writes most with four characters. A file with a nought byte is not taken for a text. */
function unescaped(code) {
  const short = { b: '\b', f: '\f', t: '\t', v: '\v' }
  return code.replace(/\\(?:x([0-9a-f]{2})|[^])/g, (written, hex) => {
    const character = hex === undefined ? short[written[1]] : String.fromCharCode(Number.parseInt(hex, 16))
    return character === undefined || /[\0\n\r"'`\\]/.test(character) ? written : character
  })
}

/** Cuts a text at the one place where these words are. */
function cut(text, words) {
  const parts = text.split(words)
  if (parts.length !== 2) throw new Error(`expected \`${words}\` once in what wasm2js wrote, found it ${parts.length - 1} times`)
  return parts
}

/**
 * wasm2js makes the instance as soon as its file is imported; this one makes one whenever it is asked. Everything is inside, as what copies memory
 * looks for it in a variable beside the instance, which two instances must not share.
 */
function wrapped(source) {
  const [, body] = cut(source, 'function initActiveSegments(imports) {')
  const [rules] = cut(body, 'var retasmFunc = asmFunc({')
  const filled = rules.replace(/base64DecodeToExistingUint8Array\(bufferView, (\d+), "([^"]*)"\)/g, (_, address, base64) => `fill(bufferView, ${address}, ${literal(base64)})`)
  if (filled.includes('base64')) throw new Error('wasm2js wrote data in another way')
  return `${fill}
export function instantiate() {
  var bufferView;
  function initActiveSegments(imports) {${filled}
  return asmFunc({});
}
`
}

const [binary, written] = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'ncrs-without-wasm-'))
try {
  const [plain, raw] = [join(scratch, 'plain.wasm'), join(scratch, 'raw.js')]
  binaryen('wasm-opt', binary, ...uses, ...lowered, '-Oz', ...apart, '-o', plain)
  writeFileSync(plain, namedByPlace(readFileSync(plain)))
  binaryen('wasm-opt', plain, ...uses, '-Oz', ...apart, '--reorder-functions-by-name', '-o', plain)
  binaryen('wasm2js', plain, ...copies, '-Oz', ...apart, '-o', raw)
  const { code } = await transform(wrapped(readFileSync(raw, 'utf8')), { minify: true, format: 'esm', target: 'es2020', charset: 'utf8' })
  writeFileSync(written, `// The rules without WebAssembly. Made by \`cargo xtask build\` of the same compilation as the binary; no person reads or changes this.\n${unescaped(code)}`)
} finally {
  rmSync(scratch, { recursive: true })
}
