// What does recovery.browser.test.mjs have done inside the page?

import { recovers } from '../vectors/recovery.mjs'

/** Compiled while nobody waits; the instances are made at once, as after a trap. */
async function instances(address) {
  const module = await WebAssembly.compileStreaming(fetch(address))
  return () => new WebAssembly.Instance(module).exports
}

/** What broke it is not in the words of the error, and only a test wants to know. */
function withCause(error) {
  throw new Error(`${error}, as ${error.cause} ${error.cause?.stack}`, { cause: error })
}

export const withWasm = async () => recovers(await instances('/spoiled/rules.wasm'), await instances('/pkg/wasm/ncrs_form_check_bg.wasm')).catch(withCause)

export const without = async () => recovers((await import('/spoiled/rules.js')).instantiate, (await import('/pkg/js/rules.js')).instantiate).catch(withCause)

/** Through the public entry, from an address. */
export async function reports() {
  const { init, check } = await import('/pkg/core.js')
  await init({ module: '/spoiled/rules.wasm' })
  return [1, 2, 3].map(() => check('ods-code', [['organisation.ods_code', 'A81001']], { today: '2026-01-31' }).outcome)
}
