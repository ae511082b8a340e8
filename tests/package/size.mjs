// What does a page download for an entry of the package, how large is it, and is that within the budget?
//
// The files are found by following what each module imports and which files it names beside itself, so that a new one cannot be forgotten.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { init, parse } from 'es-module-lexer'

const packageFolder = fileURLToPath(new URL('../../pkg/', import.meta.url))
const built = join(packageFolder, 'dist')

/** The most that the default entry may make a page download: bytes of brotli 11, as servers send it. The only place where this number is. */
export const budget = 60_000

/**
 * What the default entry may weigh as long as it is over its budget: what it weighed when that was last lowered. It may
 * only go down, and goes away when the budget is met.
 */
export const ceiling = 74_000

/** The most that the entry without WebAssembly may make a page download, in the same way. */
export const budgetWithoutWasm = 100_000

const kinds = { withWasm: ['index.js', 'core.js'], withoutWasm: ['js.js', 'core-js.js'] }

/** Entries whose download is measured, the default one first. */
export function entries(kind = 'withWasm') {
  return kinds[kind].map((name) => join(built, name)).filter((file) => existsSync(file))
}

/** What is imported only when WebAssembly is refused; it is in the budget of the entry without. */
const isFallback = ({ type, specifier }) => type === 'dynamic' && /^load-js\b/.test(basename(specifier))

/** Every file that a page fetches once it imports this one, the entry first. */
export async function downloads(entry) {
  await init()
  const found = new Set()
  const open = [resolve(entry)]
  while (open.length > 0) {
    const file = open.shift()
    if (found.has(file)) continue
    found.add(file)
    if (!/\.m?js$/.test(file)) continue
    const source = await readFile(file, 'utf8')
    const [imports] = parse(source, file)
    for (const found of imports) {
      if (found.specifier?.startsWith('.') && !isFallback(found)) open.push(resolve(dirname(file), found.specifier))
    }
    for (const [, name] of source.matchAll(/new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g)) {
      open.push(resolve(dirname(file), name))
    }
  }
  return [...found]
}

/** Bytes as they are, by `gzip -9` and by brotli 11. */
export async function measure(file) {
  const bytes = await readFile(file)
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: 0,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
    }
  })
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length }
}

/** One row a file, and their sum. */
export async function weigh(entry) {
  const rows = []
  const total = { raw: 0, gzip: 0, brotli: 0 }
  for (const file of await downloads(entry)) {
    const sizes = await measure(file)
    rows.push({ file, ...sizes })
    for (const way of Object.keys(total)) total[way] += sizes[way]
  }
  return { rows, total }
}

function line(name, { raw, gzip, brotli }) {
  return `${name.padEnd(36)}${[raw, gzip, brotli].map((bytes) => bytes.toLocaleString('en-GB').padStart(11)).join('')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const short = (file) => relative(dirname(packageFolder), file)
  for (const [kind, [most, until]] of Object.entries({ withWasm: [budget, ceiling], withoutWasm: [budgetWithoutWasm, 0] })) {
    const [first, ...others] = entries(kind)
    if (first === undefined) throw new Error(`there is no entry ${kind} in ${built}`)
    for (const entry of [first, ...others]) {
      const { rows, total } = await weigh(entry)
      console.log(`${`A page that imports ${short(entry)}`.padEnd(36)}${['bytes', 'gzip -9', 'brotli 11'].map((way) => way.padStart(11)).join('')}`)
      for (const row of rows) console.log(line(`  ${short(row.file)}`, row))
      console.log(line('  total', total))
      if (entry !== first) continue
      if (total.brotli > Math.max(most, until)) process.exitCode = 1
      const verdict = total.brotli <= most ? `${most - total.brotli} bytes below` : `${total.brotli - most} BYTES OVER`
      console.log(`  budget: ${most.toLocaleString('en-GB')} bytes of brotli; ${verdict}`)
    }
  }
}
