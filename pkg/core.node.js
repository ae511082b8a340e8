// The rules as WebAssembly, for Node: the .wasm file is read from disk. Nothing runs on import.

import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import load, * as glue from './wasm/ncrs_form_check.js'
import { coreOf, fault, isBytes, kindOf, version } from './boundary.js'
import { catalogueOf } from './catalogue.js'

const beside = new URL('./wasm/ncrs_form_check_bg.wasm', import.meta.url)

const core = coreOf({
  rules: glue,
  async start(module) {
    await load({ module_or_path: await source(module) })
  },
  startSync(module = readFileSync(fileURLToPath(beside))) {
    glue.initSync({ module: moduleOrBytes('initSync', module) })
  }
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

export const { init, initSync, checkOdsCode, check } = core
export const { rules, tables } = catalogueOf(core.expectStarted)
export { version }
