// The component on a page, with the rules as WebAssembly. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { check, init } from './load.js'

export { init }

// The other build is only fetched where WebAssembly is refused and the page asked for it.
export const { FormCheck, createAll } = formCheckOf({ core: { check, init }, withoutWasm: () => import('./load-js.js') })
