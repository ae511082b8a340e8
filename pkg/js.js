// The component on a page whose security policy forbids WebAssembly: the same rules as JavaScript. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import { check, init } from './load-js.js'

export { init }

const core = { check, init }

export const { FormCheck, createAll } = formCheckOf({ coreFor: () => core })
