// What does core.browser.test.mjs have done inside the page?

import * as memory from './vectors/memory.mjs'
import * as starting from './vectors/starting.mjs'

// An entry is the address of a build of the package. Every page is fresh, so nothing has started it yet.

const textOf = async (address) => (await fetch(address)).text()

/** As many failures as a person wants to read. */
function shortened({ checked, failures }) {
  return { checked, number: failures.length, failures: failures.slice(0, 25) }
}

/** Calls a function of a vector file with the started package and the texts at these addresses. */
export async function vector(entry, file, name, addresses) {
  const api = await import(entry)
  await api.init()
  const vectors = await import(`./vectors/${file}`)
  const given = []
  for (const address of addresses) {
    if (typeof address === 'string') given.push(await textOf(address))
    else given.push(Object.fromEntries(await Promise.all(Object.entries(address).map(async ([key, value]) => [key, await textOf(value)]))))
  }
  return shortened(await vectors[name](api, ...given))
}

/** What differs between the rules for standard forms and all of one build, in the calls at this address. */
export async function standard(entry, address) {
  const whole = await import(entry)
  const part = entry.endsWith('-js.js') ? (await import('/pkg/scripts.js')).rules.standard : await import('/pkg/load-standard.js')
  const { sameAsWhole, refusesHosts } = await import('./vectors/standard.mjs')
  await Promise.all([part.init(), whole.init()])
  const held = [sameAsWhole(part, whole, JSON.parse(await textOf(address))), refusesHosts(part)]
  return shortened({ checked: held[0].checked + held[1].checked, failures: held.flatMap(({ failures }) => failures) })
}

/** Calls a function of starting.mjs with a package that nothing has started. */
export async function start(entry, name, way) {
  const address = new URL('/pkg/wasm/ncrs_form_check_bg.wasm', location.href).href
  const rest = way === undefined ? [] : [way, new Uint8Array(await (await fetch(address)).arrayBuffer()), address]
  return shortened(await starting[name](await import(entry), ...rest))
}

export async function memoryHolds(entry, name, ...rest) {
  return shortened(memory[name](await memory.watched(await makerOf(entry)), ...rest))
}

/** What makes an instance of that build. */
async function makerOf(entry) {
  if (entry.endsWith('-js.js')) return (await import('/pkg/js/rules.js')).instantiate
  const module = await WebAssembly.compileStreaming(fetch('/pkg/wasm/ncrs_form_check_bg.wasm'))
  return () => new WebAssembly.Instance(module).exports
}

/** What a start says where its kind of code is forbidden. */
export async function refused(entry) {
  try {
    await (await import(entry)).init()
    return 'it started'
  } catch (error) {
    return error instanceof Error ? 'an error' : `no error but ${error}`
  }
}

/** A whole form and a code, with nothing fetched but modules. */
export async function judged(entry) {
  const api = await import(entry)
  await api.init()
  const { outcome, findings } = api.check('ncrs-onboarding', [['organisation.ods_code', 'LS1 4AP']], { today: '2026-01-31' })
  return [outcome, findings.some(({ rule }) => rule.startsWith('ODS-')), api.checkOdsCode(' rxk52').code, api.rules().length > 100, api.tables().length > 5]
}

/** How often the binary was fetched so far. */
export function timesFetched() {
  return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length
}

export async function imported(entries) {
  return (await Promise.all(entries.map((entry) => import(entry)))).length
}
