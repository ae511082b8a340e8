// How do the rules start for a page whose form is the standard one? As a binary that leaves out what only other pages ask. Nothing runs on import.

import { startOf } from './binary.js'
import { checkPairsOf, initOf, rulesOf } from './boundary.js'

export const rules = rulesOf()

export const init = initOf(rules, startOf(() => new URL('./wasm/ncrs_form_check_standard.wasm', import.meta.url)))
export const check = checkPairsOf(rules)
