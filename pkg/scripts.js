// How do the rules start as JavaScript for the component on a page? Each of the two files is fetched when somebody asks. Nothing runs on import.

import { checkPairsOf, initOf, rulesOf } from './boundary.js'

/** The rules in a file of the build, once they are asked for. */
// @__NO_SIDE_EFFECTS__
function coreOf(load) {
  const rules = rulesOf()
  return { init: initOf(rules, async () => (await load()).instantiate), check: checkPairsOf(rules), isBegun: rules.isBegun }
}

const standard = coreOf(() => import('./js/rules-standard.js'))
const whole = coreOf(() => import('./js/rules.js'))

export const { init } = whole

/** What a form needs, be it the standard one or one that its page changes; whoever has the whole rules has all of them. */
export const coreFor = (isStandard) => (isStandard && !whole.isBegun() ? standard : whole)
