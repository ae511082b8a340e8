// The component on a page whose security policy forbids WebAssembly: the same rules as JavaScript. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { coreFor } from './scripts.js'

export { init } from './scripts.js'

export const { FormCheck, createAll } = formCheckOf({ coreFor })
