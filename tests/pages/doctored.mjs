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

let trapping

/** The same module, whose check ends in `unreachable` as a panic does: it starts, and breaks when it is used. */
async function trappingBytes() {
  if (trapping) return trapping
  const module = binaryen.readBinary(await built())
  module.setFeatures(binaryen.Features.All)
  let broken = 0
  for (let index = 0; index < module.getNumExports(); index += 1) {
    const { name, value, kind } = binaryen.getExportInfo(module.getExportByIndex(index))
    if (kind !== binaryen.ExternalFunction || !/^check/.test(name)) continue
    binaryen.Function(module.getFunction(value)).body = module.unreachable()
    broken += 1
  }
  if (broken === 0) throw new Error('the module exports nothing whose name starts with `check`, so nothing was made to trap')
  if (!module.validate()) throw new Error('the doctored module cannot be loaded at all')
  trapping = module.emitBinary()
  module.dispose()
  return trapping
}

/**
 * How each state answers. `slow` waits for as long as `held` lasts, never for a time of its own.
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
  trapping: async (response) => send(response, 200, 'application/wasm', await trappingBytes())
}

function send(response, status, type, bytes) {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(bytes) })
  response.end(bytes)
  return true
}
