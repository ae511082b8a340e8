// The component on a page whose security policy forbids WebAssembly: the same rules as JavaScript. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { rules } from './scripts.js'

export const { init } = rules.whole

export const { FormCheck, createAll } = formCheckOf(rules)
