// The component on a page whose security policy forbids WebAssembly: the same rules as JavaScript. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { check, init } from './load-js.js'

export { init }

export const { FormCheck, createAll } = formCheckOf({ core: { check, init } })
