// How do the rules start in a browser or worker? As WebAssembly, fetched when somebody asks. Nothing runs on import.

import { checkPairsOf, fault, initOf, initSyncOf, isBytes, kindOf, rulesOf } from './boundary.js'

export const rules = rulesOf()

export const init = initOf(rules, async (module) => {
  const made = await compiled(module)
  // Made while nobody waits: some browsers make a large first instance in no other way.
  let first = await WebAssembly.instantiate(made)
  return () => {
    const instance = first ?? new WebAssembly.Instance(made)
    first = undefined
    return instance.exports
  }
})

export const initSync = initSyncOf(rules, (module) => {
  if (module === undefined) {
    throw fault('initSync({ module }): expected the bytes of the .wasm file or a WebAssembly.Module, found nothing')
  }
  const made = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(bytesOf('initSync', module))
  return () => new WebAssembly.Instance(made).exports
})

function bytesOf(call, module) {
  if (isBytes(module)) return module
  throw fault(`${call}({ module }): expected bytes or a WebAssembly.Module, found ${kindOf(module)}`)
}

/** A compiled module, from whatever says where it is. */
async function compiled(module = new URL('./wasm/ncrs_form_check_bg.wasm', import.meta.url)) {
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

export const check = checkPairsOf(rules)
