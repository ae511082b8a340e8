// The whole core in a browser or worker: the checks, and what there is to know about rules and tables.

import { checkOdsCodeOf, checkOf } from './boundary.js'
import { catalogueOf } from './catalogue.js'
import * as written from './wasm/catalogue.js'
import { rules as core } from './load.js'

export const { rules, tables } = catalogueOf(written, core)
export const checkOdsCode = checkOdsCodeOf(core, written.kinds)
export const check = checkOf(core)
export { init, initSync } from './load.js'
export { version } from './boundary.js'
