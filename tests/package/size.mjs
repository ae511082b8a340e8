// What does a page download for an entry of the package, how large is it, and is that within the budget?
//
// The files are found by following what each module imports and which files it names beside itself, so that a new one cannot be forgotten.

import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { init, parse } from 'es-module-lexer'

const packageFolder = fileURLToPath(new URL('../../pkg/', import.meta.url))
const built = join(packageFolder, 'dist')

/** The most that the default entry may make a page download: bytes of brotli 11, as servers send it. The only place where this number is. */
export const budget = 60_000

/** The most that the entry without WebAssembly may make a page download, in the same way. */
export const budgetWithoutWasm = 100_000

/** The most where a page changes what the form asks or says, so that it needs the whole binary. It may only go down. */
export const mostWhereChanged = 74_000

/**
 * What pages there are: which entry each imports, and which one of the files with the rules it fetches of those that the entry names. That this is so
 * is seen in three engines, by `tests/form-check-rules.browser.test.mjs`. The default one first.
 */
export const pages = [
  { page: 'the default entry', entry: 'index.js', rules: 'ncrs_form_check_standard.wasm', most: budget },
  { page: 'the default entry, changed by the page', entry: 'index.js', rules: 'ncrs_form_check_bg.wasm', most: mostWhereChanged },
  { page: 'the core', entry: 'core.js', rules: 'ncrs_form_check_bg.wasm' },
  { page: 'the entry without WebAssembly', entry: 'js.js', rules: 'rules-standard.js', most: budgetWithoutWasm },
  { page: 'the entry without WebAssembly, changed', entry: 'js.js', rules: 'rules.js', most: budgetWithoutWasm },
  { page: 'the core without WebAssembly', entry: 'core-js.js', rules: 'rules.js' }
].map((page) => ({ ...page, entry: join(built, page.entry) }))

const holdsRules = /\.wasm$|^rules(-\w+)?\.js$/

/** Every file that a page fetches once it imports this one, the entry first; of the files with the rules only that of this name. */
export async function downloads(entry, rules) {
  await init()
  const found = new Set()
  const open = [resolve(entry)]
  const add = (file) => {
    if (rules === undefined || !holdsRules.test(basename(file)) || basename(file) === rules) open.push(file)
  }
  while (open.length > 0) {
    const file = open.shift()
    if (found.has(file)) continue
    found.add(file)
    if (!/\.m?js$/.test(file)) continue
    const source = await readFile(file, 'utf8')
    const [imports] = parse(source, file)
    for (const found of imports) {
      if (found.specifier?.startsWith('.')) add(resolve(dirname(file), found.specifier))
    }
    for (const [, name] of source.matchAll(/new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g)) {
      add(resolve(dirname(file), name))
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
export async function weigh({ entry, rules }) {
  const rows = []
  const total = { raw: 0, gzip: 0, brotli: 0 }
  for (const file of await downloads(entry, rules)) {
    const sizes = await measure(file)
    rows.push({ file, ...sizes })
    for (const way of Object.keys(total)) total[way] += sizes[way]
  }
  return { rows, total }
}

function line(name, { raw, gzip, brotli }) {
  return `${name.padEnd(40)}${[raw, gzip, brotli].map((bytes) => bytes.toLocaleString('en-GB').padStart(11)).join('')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const short = (file) => relative(dirname(packageFolder), file)
  for (const page of pages) {
    const { rows, total } = await weigh(page)
    console.log(`${page.page.padEnd(40)}${['bytes', 'gzip -9', 'brotli 11'].map((way) => way.padStart(11)).join('')}`)
    for (const row of rows) console.log(line(`  ${short(row.file)}`, row))
    console.log(line('  total', total))
    if (page.most === undefined) continue
    if (total.brotli > page.most) process.exitCode = 1
    const verdict = total.brotli <= page.most ? `${page.most - total.brotli} bytes below` : `${total.brotli - page.most} BYTES OVER`
    console.log(`  at most: ${page.most.toLocaleString('en-GB')} bytes of brotli; ${verdict}`)
  }
}
