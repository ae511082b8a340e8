// The whole core in a browser or worker: the checks, and what there is to know about rules and tables.

import { catalogueOf } from './catalogue.js'
import * as written from './wasm/catalogue.js'
import { expectStarted } from './load.js'

export const { rules, tables } = catalogueOf(written, expectStarted)
export { check, checkOdsCode, init, initSync, version } from './load.js'
