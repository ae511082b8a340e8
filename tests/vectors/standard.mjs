// Does the binary for standard forms say what the whole one says?
//
// Runs wherever the package does: takes the two and the calls, touches neither files nor pages.

/** What only the whole binary reads. */
export const hosts = { calendar: [], policies: [], lists: [], messages: {}, profile: {}, fields: {} }

const saysNothingOfItsOwn = (options) => Object.keys(hosts).every((name) => options[name] === undefined)

/** A nested object as the pairs that a page would send. */
function pairsOf(answers, path = '') {
  if (Array.isArray(answers) && path === '') return answers
  if (answers === null || answers === undefined) return []
  if (typeof answers !== 'object') return [[path, String(answers)]]
  if (Array.isArray(answers)) {
    return answers.flatMap((item, at) => (typeof item === 'object' ? pairsOf(item, `${path}[${at}]`) : [[path, String(item)]]))
  }
  return Object.entries(answers).flatMap(([name, value]) => pairsOf(value, path === '' ? name : `${path}.${name}`))
}

const told = (check) => {
  try {
    return JSON.stringify(check())
  } catch (error) {
    return `${error}`
  }
}

/**
 * Makes every call that says nothing of a host's own, in two languages, of both.
 *
 * @param {{ check: Function }} standard
 * @param {{ check: Function }} whole
 * @param {{ form: string, answers: object, options: object }[]} calls
 * @returns {{ checked: number, failures: string[], rules: string[] }} also the rules that spoke
 */
export function sameAsWhole(standard, whole, calls) {
  const failures = []
  const rules = new Set()
  let checked = 0
  for (const [at, { form, answers, options }] of calls.entries()) {
    if (!saysNothingOfItsOwn(options)) continue
    const pairs = pairsOf(answers)
    for (const language of ['en', 'cy']) {
      checked += 1
      const said = { ...options, language }
      const expected = told(() => whole.check(form, pairs, said))
      const found = told(() => standard.check(form, pairs, said))
      if (found !== expected) failures.push(`call ${at} (${form}, ${language}): the whole says ${expected.slice(0, 300)} and this ${found.slice(0, 300)}`)
      for (const [, rule] of expected.matchAll(/"rule":"([^"]+)"/g)) rules.add(rule)
    }
  }
  return { checked, failures, rules: [...rules].sort() }
}

/** What a host says of its own is a fault here, never passed over. */
export function refusesHosts(standard) {
  const failures = []
  for (const [name, value] of Object.entries(hosts)) {
    const found = told(() => standard.check('ods-code', [], { today: '2026-11-22', [name]: value }))
    const expected = `Error: ncrs-form-check: options: expected nothing of the host's own, as the feature host is off, found "${name}"`
    if (found !== expected) failures.push(`${name}: expected ${expected}, found ${found}`)
  }
  return { checked: Object.keys(hosts).length, failures }
}
