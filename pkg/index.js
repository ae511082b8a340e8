// The component on a page, with the rules as WebAssembly. Nothing runs on import.

import { formCheckOf } from './form-check.js'
import * as core from './load.js'

export const { FormCheck, createAll } = formCheckOf({ core })
