// How do the rules start where a Content-Security-Policy forbids WebAssembly? As JavaScript, made of the same compilation. Nothing runs on import.

import { coreOf, version } from './boundary.js'
import { instantiate } from './js/rules.js'

const core = coreOf({
  async start() {
    return instantiate
  },
  startSync() {
    return instantiate
  }
})

export const { init, initSync, checkOdsCode, check, restart, expectStarted } = core
export { version }
