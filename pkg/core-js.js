// The whole core without WebAssembly: the checks, and what there is to know about rules and tables. The same in browsers, workers and Node.

import { catalogueOf } from './catalogue.js'
import * as written from './wasm/catalogue.js'
import { expectStarted } from './load-js.js'

export const { rules, tables } = catalogueOf(written, expectStarted)
export { check, checkOdsCode, init, initSync, version } from './load-js.js'
