// In which order do the functions of a binary compress best? Each beside the one that it has most in common with, small ones first, as the
// numbers by which most calls name them are then short.
//
//     node order.mjs <binary to write anew> [options of wasm-opt]
//
// wasm-opt can sort functions by their names, so each is named by its place.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const wasmOpt = fileURLToPath(new URL('../../tests/node_modules/binaryen/bin/wasm-opt', import.meta.url))

const CUSTOM_SECTION = 0
const IMPORT_SECTION = 2
const CODE_SECTION = 10
const NAMES_OF_FUNCTIONS = 1

/** Two functions have in common what they have in common of these: so many bytes after each other. */
const RUN = 3

/** A number as WebAssembly writes it, seven bits at a time, and where it ends. */
function numberAt(bytes, at) {
  let number = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    number += (byte & 127) * 2 ** shift
    if (byte < 128) return [number, at]
  }
}

function written(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...written(number >> 7)]
}

function functionsOf(bytes) {
  // Four bytes say that it is WebAssembly, four of which version.
  let at = 8
  while (at < bytes.length) {
    const section = bytes[at]
    const [length, from] = numberAt(bytes, at + 1)
    at = from + length
    if (section === IMPORT_SECTION) throw new Error('the binary imports something, and functions that it imports are numbered before its own')
    if (section !== CODE_SECTION) continue
    const functions = []
    let [left, place] = numberAt(bytes, from)
    for (; left > 0; left -= 1) {
      const [size, start] = numberAt(bytes, place)
      place = start + size
      functions.push(bytes.subarray(start, place))
    }
    return functions
  }
  throw new Error('the binary has no functions')
}

/** How often each run of bytes is in a function. */
function runsOf(bytes) {
  const runs = new Map()
  for (let at = 0; at + RUN <= bytes.length; at += 1) {
    const run = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
    runs.set(run, (runs.get(run) ?? 0) + 1)
  }
  return runs
}

function inCommon(one, other) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  let sum = 0
  for (const [run, count] of few) sum += Math.min(count, many.get(run) ?? 0)
  return sum
}

/** The greatest of a list, of equals the first. */
function greatest(list, measure) {
  const sizes = list.map(measure)
  return list[sizes.indexOf(Math.max(...sizes))]
}

/** The functions of a binary by their numbers, from the least. */
function ordered(functions) {
  const runs = functions.map(runsOf)
  const left = new Set(functions.keys())
  const order = []
  let next = greatest([...left], (number) => functions[number].length)
  while (next !== undefined) {
    const last = next
    left.delete(last)
    order.unshift(last)
    next = greatest([...left], (number) => inCommon(runs[last], runs[number]))
  }
  return order
}

/** The binary with a name for each function, which `--reorder-functions-by-name` of wasm-opt puts in the order that compresses best. */
export function namedByPlace(bytes) {
  const functions = functionsOf(bytes)
  const digits = String(functions.length).length
  const places = new Map(ordered(functions).map((number, place) => [number, String(place).padStart(digits, '0')]))
  const text = (words) => [...written(words.length), ...Buffer.from(words)]
  const names = [...written(functions.length), ...functions.flatMap((_, number) => [...written(number), ...text(places.get(number))])]
  const section = [...text('name'), NAMES_OF_FUNCTIONS, ...written(names.length), ...names]
  return Buffer.concat([bytes, Buffer.from([CUSTOM_SECTION, ...written(section.length), ...section])])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [binary, ...options] = process.argv.slice(2)
  writeFileSync(binary, namedByPlace(readFileSync(binary)))
  execFileSync(process.execPath, [wasmOpt, binary, ...options, '--reorder-functions-by-name', '-o', binary], { stdio: 'inherit' })
}
