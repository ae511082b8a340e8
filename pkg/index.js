// The component on a page, with the rules as WebAssembly. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { check, init, rules } from './load.js'
import * as standard from './load-standard.js'
import { coreFor as withoutWasm } from './scripts.js'

export { init }

const whole = { check, init }

export const { FormCheck, createAll } = formCheckOf({
  // Whoever started the rules, or another form of the page, has fetched all that a standard form needs.
  coreFor: (isStandard) => (isStandard && !rules.isBegun() ? standard : whole),
  withoutWasm
})
