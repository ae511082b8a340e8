// How does a .wasm file become the rules, in a browser or worker?

import { fault, isBytes, kindOf } from './boundary.js'

/** The bytes that a caller gave. */
export function bytesOf(call, module) {
  if (isBytes(module)) return module
  throw fault(`${call}({ module }): expected bytes or a WebAssembly.Module, found ${kindOf(module)}`)
}

/** A compiled module, from whatever says where it is. */
async function compiled(module) {
  if (module instanceof WebAssembly.Module) return module
  const isAddress = module instanceof URL || typeof module === 'string'
  if (!isAddress && !(module instanceof Response)) return WebAssembly.compile(bytesOf('init', module))
  const response = isAddress ? await fetch(module) : module
  if (!response.ok) throw fault(`init(): expected the .wasm file, found status ${response.status}`)
  // Compiling while it streams needs the right type; without it the bytes do as well, and nothing is printed.
  const streams = response.headers.get('content-type')?.split(';')[0].trim() === 'application/wasm'
  return streams && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer())
}

/**
 * The start of the rules in one binary.
 *
 * @param {() => URL} beside - where it lies, for whoever gives no module
 */
// @__NO_SIDE_EFFECTS__
export function startOf(beside) {
  return async (module = beside()) => {
    const made = await compiled(module)
    // Made while nobody waits: some browsers make a large first instance in no other way.
    let first = await WebAssembly.instantiate(made)
    return () => {
      const instance = first ?? new WebAssembly.Instance(made)
      first = undefined
      return instance.exports
    }
  }
}
