// Has an answer of the package every key that was promised, of the promised type, in the promised order, and no other?

const verdicts = ['plausible', 'unusual', 'retired', 'impossible', 'empty']
const severities = ['error', 'stop', 'warning', 'note']
const founds = ['slash', 'full_stop', 'comma', 'underscore', 'letter', 'number', 'symbol']

const text = (value) => typeof value === 'string' && value !== ''
const oneOf = (list) => (value) => list.includes(value)
const whole = (value) => Number.isInteger(value) && value >= 0
const listOf = (fits) => (value) => Array.isArray(value) && value.every(fits)

/** Key, whether it may be absent, and what its value must be. The order is that of the contract. */
const keys = {
  OdsCheck: [
    ['verdict', false, oneOf(verdicts)],
    ['code', false, (value) => value === null || text(value)],
    ['kinds', false, listOf((kind) => fits(kind, 'Kind'))],
    ['suggestion', true, text],
    ['tidied', false, (value) => typeof value === 'boolean'],
    ['findings', false, listOf((finding) => fits(finding, 'Finding'))]
  ],
  Kind: [
    ['id', false, text],
    ['name', false, text]
  ],
  Finding: [
    ['rule', false, (value) => /^[A-Z]{2,4}-\d{3}$/.test(value)],
    ['question', false, text],
    ['severity', false, oneOf(severities)],
    ['message', false, text],
    ['params', false, (value) => isPlain(value) && Object.values(value).every((param) => typeof param === 'string' || Number.isFinite(param))],
    ['parts', true, (value) => value.length > 0 && listOf(oneOf(['day', 'month', 'year']))(value)],
    ['review', true, (value) => value === true],
    ['suggestion', true, text]
  ],
  Report: [
    ['form', false, text],
    ['version', false, text],
    ['today', false, (value) => /^\d{4}-\d\d-\d\d$/.test(value)],
    ['language', false, oneOf(['en', 'cy'])],
    ['outcome', false, oneOf(['accept', 'reject', 'stop'])],
    ['findings', false, listOf((finding) => fits(finding, 'Finding'))],
    ['sections', false, listOf((section) => fits(section, 'Section'))],
    ['progress', false, (value) => whole(value?.needed) && whole(value?.answered) && Object.keys(value).join() === 'needed,answered'],
    ['dspt', true, (value) => Object.keys(value).join() === 'valid_until' && (value.valid_until === null || text(value.valid_until))],
    ['unknown', false, listOf((name) => typeof name === 'string')],
    ['profile', true, text]
  ],
  Section: [
    ['id', false, text],
    ['title', false, text],
    ['status', false, oneOf(['not_started', 'in_progress', 'problem', 'completed', 'not_needed'])],
    ['needed', false, whole],
    ['answered', false, whole],
    ['missing', false, listOf(text)]
  ]
}

function isPlain(value) {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
}

function fits(value, type) {
  return faultsOf(value, type).length === 0
}

function faultsOf(value, type) {
  if (!isPlain(value)) return [`a ${type} should be a plain object`]
  const faults = []
  const known = keys[type].map(([key]) => key)
  const present = Object.keys(value)
  for (const key of present) if (!known.includes(key)) faults.push(`${type}.${key} was not promised`)
  for (const [key, optional, right] of keys[type]) {
    if (!present.includes(key)) {
      if (!optional) faults.push(`${type}.${key} is not there`)
    } else if (!right(value[key])) {
      faults.push(`${type}.${key} is ${JSON.stringify(value[key])}`)
    }
  }
  const order = known.filter((key) => present.includes(key))
  if (faults.length === 0 && order.join() !== present.join()) faults.push(`the keys of ${type} are in the order ${present}`)
  return faults
}

/** What is wrong with the shape of a check of an ODS code; empty if nothing is. */
export function shapeFaults(check) {
  const faults = faultsOf(check, 'OdsCheck')
  if (faults.length > 0) return faults
  const rules = check.findings.map(({ rule }) => rule)
  if (rules.join() !== [...rules].sort().join()) faults.push(`findings are in the order ${rules}`)
  if (new Set(rules).size !== rules.length) faults.push(`a rule speaks twice: ${rules}`)
  for (const { rule, params } of check.findings) {
    if (rule === 'ODS-024' && !founds.includes(params.found)) faults.push(`ODS-024 names no character: ${JSON.stringify(params)}`)
  }
  const refused = check.verdict === 'impossible' || check.verdict === 'empty'
  if (refused !== (check.code === null)) faults.push(`verdict ${check.verdict} with code ${check.code}`)
  if (refused && check.kinds.length > 0) faults.push(`verdict ${check.verdict} with kinds`)
  if (refused && check.tidied) faults.push(`verdict ${check.verdict} and yet tidied`)
  if (refused !== check.findings.some(({ severity }) => severity === 'error')) faults.push(`verdict ${check.verdict} with ${JSON.stringify(check.findings)}`)
  return faults
}

/** The same for a report of a form. */
export function reportFaults(report) {
  return faultsOf(report, 'Report')
}
