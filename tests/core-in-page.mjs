// What does core.browser.test.mjs have done inside the page?

import * as api from '/pkg/core.js'
import * as memory from './vectors/memory.mjs'
import * as starting from './vectors/starting.mjs'

const textOf = async (address) => (await fetch(address)).text()

/** As many failures as a person wants to read. */
function shortened({ checked, failures }) {
  return { checked, number: failures.length, failures: failures.slice(0, 25) }
}

/** Calls a function of a vector file with the started package and the texts at these addresses. */
export async function vector(file, name, addresses) {
  await api.init()
  const vectors = await import(`./vectors/${file}`)
  const given = []
  for (const address of addresses) {
    if (typeof address === 'string') given.push(await textOf(address))
    else given.push(Object.fromEntries(await Promise.all(Object.entries(address).map(async ([key, value]) => [key, await textOf(value)]))))
  }
  return shortened(await vectors[name](api, ...given))
}

/** Calls a function of starting.mjs with a package that nothing has started. */
export async function start(name, way) {
  const address = new URL('/pkg/wasm/ncrs_form_check_bg.wasm', location.href).href
  const rest = way === undefined ? [] : [way, new Uint8Array(await (await fetch(address)).arrayBuffer()), address]
  return shortened(await starting[name](api, ...rest))
}

export async function memoryHolds(name) {
  await api.init()
  const instance = await memory.memoryOf(await import('/pkg/wasm/ncrs_form_check.js'))
  return shortened(memory[name](api, instance))
}

/** How often the binary was fetched so far. */
export function timesFetched() {
  return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length
}
