// The rules as WebAssembly, for Node: the .wasm file is read from disk. Nothing runs on import.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { checkOdsCodeOf, checkOf, fault, initOf, initSyncOf, isBytes, kindOf, rulesOf, version } from './boundary.js'
import { catalogueOf } from './catalogue.js'
import * as written from './wasm/catalogue.js'

const beside = new URL('./wasm/ncrs_form_check_bg.wasm', import.meta.url)

const makerOf = (module) => () => new WebAssembly.Instance(module).exports

const core = rulesOf()

export const init = initOf(core, async (module) => {
  const given = await source(module)
  return makerOf(given instanceof WebAssembly.Module ? given : await WebAssembly.compile(given))
})

export const initSync = initSyncOf(core, (module = readFileSync(fileURLToPath(beside))) => {
  const given = moduleOrBytes('initSync', module)
  return makerOf(given instanceof WebAssembly.Module ? given : new WebAssembly.Module(given))
})

function moduleOrBytes(call, module) {
  if (module instanceof WebAssembly.Module || isBytes(module)) return module
  throw fault(`${call}({ module }): expected bytes or a WebAssembly.Module, found ${kindOf(module)}`)
}

/** Bytes or a module, from whatever says where it is. */
async function source(module = beside) {
  if (typeof module === 'string' || module instanceof URL) {
    const address = module instanceof URL ? module : new URL(module, beside)
    if (address.protocol === 'file:') return readFile(fileURLToPath(address))
    return source(await fetch(address))
  }
  if (module instanceof Response) {
    if (!module.ok) throw fault(`init(): expected the .wasm file, found status ${module.status}`)
    return module.arrayBuffer()
  }
  return moduleOrBytes('init', module)
}

export const checkOdsCode = checkOdsCodeOf(core, written.kinds)
export const check = checkOf(core)
export const { rules, tables } = catalogueOf(written, core)
export { version }
