// The whole core in a browser or worker: the checks, and what there is to know about rules and tables.

import { checkOdsCodeOf, checkOf } from './boundary.js'
import { catalogueOf } from './catalogue.js'
import { kinds, rules as writtenRules, tables as writtenTables } from './wasm/catalogue.js'
import { rules as core } from './load.js'

export const { rules, tables } = catalogueOf({ rules: writtenRules, tables: writtenTables }, core)
export const checkOdsCode = checkOdsCodeOf(core, kinds)
export const check = checkOf(core)
export { init, initSync } from './load.js'
export { version } from './boundary.js'
