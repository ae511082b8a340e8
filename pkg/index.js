// The component on a page, with the rules as WebAssembly. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import * as whole from './load.js'
import * as standard from './load-standard.js'
import { rules as withoutWasm } from './scripts.js'

export { init } from './load.js'

// The other build is only fetched where WebAssembly is refused and the page asked for it.
export const { FormCheck, createAll } = formCheckOf({ whole, standard }, withoutWasm)
