// How do the rules start in a browser or worker? As WebAssembly, fetched when somebody asks. Nothing runs on import.

import { bytesOf, startOf } from './binary.js'
import { checkPairsOf, fault, initOf, initSyncOf, rulesOf } from './boundary.js'

export const rules = rulesOf()

export const init = initOf(rules, startOf(() => new URL('./wasm/ncrs_form_check_bg.wasm', import.meta.url)))

export const initSync = initSyncOf(rules, (module) => {
  if (module === undefined) {
    throw fault('initSync({ module }): expected the bytes of the .wasm file or a WebAssembly.Module, found nothing')
  }
  const made = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(bytesOf('initSync', module))
  return () => new WebAssembly.Instance(made).exports
})

export const check = checkPairsOf(rules)
