// What can be wrong with the .wasm file that a page downloads?

import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import binaryen from 'binaryen'

const folder = new URL('../../pkg/wasm/', import.meta.url)

/** The built file of this name, or why there is none. */
async function built(name) {
  const file = new URL(name, folder)
  try {
    return await readFile(file)
  } catch (error) {
    throw new Error(`${file.pathname} cannot be read (${error.code}). \`cargo xtask build\` makes it`)
  }
}

const doctored = new Map()

/**
 * The same module with a switch, the exported global `broken`. While it is on, a check ends in `unreachable` as a panic does.
 * kit.breaks() of in-page.mjs turns it; a fresh instance has it as it was built.
 */
async function withSwitch(name, isBroken) {
  const key = `${name} ${isBroken}`
  if (doctored.has(key)) return doctored.get(key)
  const module = binaryen.readBinary(await built(name))
  module.setFeatures(binaryen.Features.All)
  module.addGlobal('broken', binaryen.i32, true, module.i32.const(isBroken ? 1 : 0))
  module.addGlobalExport('broken', 'broken')
  let switched = 0
  for (let index = 0; index < module.getNumExports(); index += 1) {
    const { name: exported, value, kind } = binaryen.getExportInfo(module.getExportByIndex(index))
    if (kind !== binaryen.ExternalFunction || !/^check/.test(exported)) continue
    const { ref, results } = { ref: module.getFunction(value), ...binaryen.getFunctionInfo(module.getFunction(value)) }
    const traps = module.if(module.global.get('broken', binaryen.i32), module.unreachable())
    binaryen.Function(ref).body = module.block(null, [traps, binaryen.Function(ref).body], results)
    switched += 1
  }
  if (switched === 0) throw new Error('the module exports nothing whose name starts with `check`, so nothing was made to trap')
  if (!module.validate()) throw new Error('the doctored module cannot be loaded at all')
  doctored.set(key, module.emitBinary())
  module.dispose()
  return doctored.get(key)
}

/** Makes what takes long to make before any browser waits for it. */
export async function prepare() {
  for (const name of await readdir(folder)) {
    if (name.endsWith('.wasm')) for (const isBroken of [true, false]) await withSwitch(name, isBroken)
  }
}

/**
 * How each state answers when the file of a name is asked for. What is slow waits for as long as `held` lasts.
 *
 * @type {Record<string, (response: import('node:http').ServerResponse, name: string, held: Promise<void>) => Promise<unknown>>}
 */
export const wasmStates = {
  missing: async (response) => send(response, 404, 'text/html; charset=utf-8', '<!doctype html><title>Nothing here</title>'),
  truncated: async (response, name) => send(response, 200, 'application/wasm', (await built(name)).subarray(0, 20_000)),
  'of another type': async (response, name) => send(response, 200, 'application/octet-stream', await built(name)),
  slow: async (response, name, held) => {
    await Promise.race([held, pause(30_000, undefined, { ref: false })])
    return send(response, 200, 'application/wasm', await built(name))
  },
  'slow then missing': async (response, name, held) => {
    await Promise.race([held, pause(30_000, undefined, { ref: false })])
    return send(response, 404, 'text/html; charset=utf-8', '')
  },
  'broken from the start': async (response, name) => send(response, 200, 'application/wasm', await withSwitch(name, true)),
  'able to break': async (response, name) => send(response, 200, 'application/wasm', await withSwitch(name, false))
}

function send(response, status, type, bytes) {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(bytes) })
  response.end(bytes)
  return true
}
