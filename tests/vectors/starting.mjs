// How does the package start, and what does it say when it is asked too early or given something else?
//
// Each function wants a package that nothing has started yet: a fresh page, or a fresh thread.

/** Before it has started, every question is a fault that says what to do. */
export function askedTooEarly(api) {
  const failures = []
  const calls = {
    checkOdsCode: () => api.checkOdsCode('A81001'),
    check: () => api.check('ods-code', [['organisation.ods_code', 'A81001']], { today: '2026-01-01' }),
    rules: () => api.rules(),
    tables: () => api.tables()
  }
  for (const [name, call] of Object.entries(calls)) {
    failures.push(...faultOf(`${name} before init`, call, ['ncrs-form-check', 'init']))
  }
  return { checked: Object.keys(calls).length, failures }
}

/** Calls that overlap share one promise, and a later call changes nothing. */
export async function startedAtOnce(api) {
  const failures = []
  const [first, second] = [api.init(), api.init()]
  if (first !== second) failures.push('two calls of init gave two promises')
  if ((await first) !== undefined) failures.push('init resolved with a value')
  failures.push(...(await answers(api)))
  await api.init()
  await api.init({})
  failures.push(...(await answers(api)))
  return { checked: 4, failures }
}

/** `given` makes what `init` is given from the bytes of the binary and its address. */
const modules = {
  bytes: (bytes) => bytes,
  buffer: (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  module: (bytes) => WebAssembly.compile(bytes),
  response: (bytes) => new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }),
  address: (_bytes, address) => new URL(address)
}

export const waysToStart = Object.keys(modules)

export async function startedWith(api, way, bytes, address) {
  await api.init({ module: await modules[way](bytes, address) })
  return { checked: 1, failures: await answers(api) }
}

export async function startedInOneStep(api, way, bytes) {
  api.initSync({ module: await modules[way](bytes) })
  const failures = await answers(api)
  api.initSync({ module: await modules[way](bytes) })
  await api.init()
  failures.push(...(await answers(api)))
  return { checked: 2, failures }
}

/** A start that failed is told, and can be tried again. */
export async function startedAfterAFailure(api) {
  const failures = []
  try {
    await api.init({ module: new Uint8Array([1, 2, 3]) })
    failures.push('three bytes were taken for a module')
  } catch (error) {
    if (!(error instanceof Error)) failures.push(`the failure is no Error but ${error}`)
  }
  failures.push(...faultOf('checkOdsCode after a failed init', () => api.checkOdsCode('A81001'), ['ncrs-form-check', 'init']))
  await api.init()
  failures.push(...(await answers(api)))
  return { checked: 3, failures }
}

/** A page cannot read a file at once, so it must bring the module. */
export function startedInOneStepWithNothing(api) {
  const failures = [api.initSync, () => api.initSync({}), () => api.initSync({ module: 1 }), () => api.initSync(null)].flatMap((call) =>
    faultOf(`initSync, as ${call}`, call, ['ncrs-form-check', 'initSync'])
  )
  return { checked: 4, failures }
}

/** Without WebAssembly there is nothing to bring, and what is brought is not looked at. */
export async function startedInOneStepWithoutAModule(api) {
  api.initSync()
  const failures = await answers(api)
  api.initSync({ module: new Uint8Array([1, 2, 3]) })
  await api.init()
  failures.push(...(await answers(api)))
  return { checked: 2, failures }
}

function answers(api) {
  const { verdict, code } = api.checkOdsCode('A81001')
  return verdict === 'plausible' && code === 'A81001' ? [] : [`A81001 is ${verdict}, code ${code}`]
}

/** What is wrong with the fault that a call should throw: it is an Error and says these words. */
export function faultOf(name, call, words) {
  let value
  try {
    value = call()
  } catch (error) {
    if (!(error instanceof Error)) return [`${name} threw what is no Error: ${error}`]
    if (error instanceof WebAssembly.RuntimeError || error.name === 'RulesBroken') return [`${name} broke the rules: ${error.message}`]
    const missing = words.filter((word) => !error.message.includes(word))
    return missing.length === 0 ? [] : [`${name}: the fault does not say ${missing.join(', ')}: ${error.message}`]
  }
  return [`${name} threw nothing and gave ${JSON.stringify(value)?.slice(0, 200)}`]
}
