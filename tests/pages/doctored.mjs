// What can be wrong with the .wasm file that a page downloads?

import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import binaryen from 'binaryen'

const file = new URL('../../pkg/wasm/ncrs_form_check_bg.wasm', import.meta.url)

/** The built file, or why there is none. */
async function built() {
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
async function withSwitch(isBroken) {
  if (doctored.has(isBroken)) return doctored.get(isBroken)
  const module = binaryen.readBinary(await built())
  module.setFeatures(binaryen.Features.All)
  module.addGlobal('broken', binaryen.i32, true, module.i32.const(isBroken ? 1 : 0))
  module.addGlobalExport('broken', 'broken')
  let switched = 0
  for (let index = 0; index < module.getNumExports(); index += 1) {
    const { name, value, kind } = binaryen.getExportInfo(module.getExportByIndex(index))
    if (kind !== binaryen.ExternalFunction || !/^check/.test(name)) continue
    const { ref, results } = { ref: module.getFunction(value), ...binaryen.getFunctionInfo(module.getFunction(value)) }
    const traps = module.if(module.global.get('broken', binaryen.i32), module.unreachable())
    binaryen.Function(ref).body = module.block(null, [traps, binaryen.Function(ref).body], results)
    switched += 1
  }
  if (switched === 0) throw new Error('the module exports nothing whose name starts with `check`, so nothing was made to trap')
  if (!module.validate()) throw new Error('the doctored module cannot be loaded at all')
  doctored.set(isBroken, module.emitBinary())
  module.dispose()
  return doctored.get(isBroken)
}

/** Makes what takes long to make before any browser waits for it. */
export const prepare = () => withSwitch(true).then(() => withSwitch(false))

/**
 * How each state answers. What is slow waits for as long as `held` lasts.
 *
 * @type {Record<string, (response: import('node:http').ServerResponse, held: Promise<void>) => Promise<unknown>>}
 */
export const wasmStates = {
  missing: async (response) => send(response, 404, 'text/html; charset=utf-8', '<!doctype html><title>Nothing here</title>'),
  truncated: async (response) => send(response, 200, 'application/wasm', (await built()).subarray(0, 20_000)),
  'of another type': async (response) => send(response, 200, 'application/octet-stream', await built()),
  slow: async (response, held) => {
    await Promise.race([held, pause(30_000, undefined, { ref: false })])
    return send(response, 200, 'application/wasm', await built())
  },
  'slow then missing': async (response, held) => {
    await Promise.race([held, pause(30_000, undefined, { ref: false })])
    return send(response, 404, 'text/html; charset=utf-8', '')
  },
  'broken from the start': async (response) => send(response, 200, 'application/wasm', await withSwitch(true)),
  'able to break': async (response) => send(response, 200, 'application/wasm', await withSwitch(false))
}

function send(response, status, type, bytes) {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(bytes) })
  response.end(bytes)
  return true
}
