// How do the rules start where a Content-Security-Policy forbids WebAssembly? As JavaScript, made of the same compilation. Nothing runs on import.

import { initOf, initSyncOf, rulesOf } from './boundary.js'
import { instantiate } from './js/rules.js'

export const rules = rulesOf()

export const init = initOf(rules, async () => instantiate)
export const initSync = initSyncOf(rules, () => instantiate)
