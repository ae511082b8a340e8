// How do the rules start as JavaScript for the component on a page? Each of the two files is fetched when somebody asks. Nothing runs on import.

import { checkPairsOf, initOf, rulesOf } from './boundary.js'

/** The rules in a file of the build, once they are asked for. */
// @__NO_SIDE_EFFECTS__
function coreOf(load) {
  const rules = rulesOf()
  return { rules, init: initOf(rules, async () => (await load()).instantiate), check: checkPairsOf(rules) }
}

export const rules = {
  whole: coreOf(() => import('./js/rules.js')),
  standard: coreOf(() => import('./js/rules-standard.js'))
}
