// Does anything that a person can type or paste make the check throw, trap or answer in another shape?

import { shapeFaults } from './shape.mjs'

const realCodes = ['A81001', 'RXK52']

/**
 * Strings that broke other people's software.
 *
 * @param {{ checkOdsCode: Function }} api
 * @param {string} blns the text of blns.json
 */
export function naughtyStrings(api, blns) {
  return judged(api, JSON.parse(blns))
}

/** Characters that are read as if they were ours: full-width forms, and dashes. The rest must be refused. */
const fullWidth = /[\uff01-\uff5e]/
const dash = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/

/**
 * Characters that look like ours, in every position of real codes. None may pass as if it were ours.
 *
 * @param {{ checkOdsCode: Function }} api
 * @param {string} table the text of confusables-ascii.tsv
 */
export function confusables(api, table) {
  const failures = []
  let checked = 0
  for (const line of table.split('\n')) {
    if (line === '' || line.startsWith('#') || line.startsWith('source_hex')) continue
    const hex = line.split('\t', 1)[0]
    const character = String.fromCodePoint(parseInt(hex, 16))
    for (const code of realCodes) {
      for (let place = 0; place < code.length; place += 1) {
        const put = (instead) => code.slice(0, place) + instead + code.slice(place + 1)
        const result = judged(api, [put(character)], (check, box) => {
          const rules = check.findings.map(({ rule }) => rule)
          let instead
          if (fullWidth.test(character)) instead = String.fromCharCode(character.charCodeAt(0) - 0xfee0)
          else if (dash.test(character)) instead = '-'
          else return rules.length === 1 && /^ODS-02[34]$/.test(rules[0]) ? undefined : `it gave ${rules.join()}`
          const { code: found } = api.checkOdsCode(put(instead), { box })
          return check.code === found ? undefined : `it reads as ${check.code}, and with ${instead} as ${found}`
        })
        checked += result.checked
        failures.push(...result.failures.map((failure) => `U+${hex} ${failure}`))
      }
    }
  }
  return { checked, failures }
}

/** Halves of characters, the longest paste, and the ends of every range that the reading treats in its own way. */
export function oddTexts(api) {
  const long = 10 * 1024 * 1024
  const texts = [
    '\ud800',
    '\udfff',
    'A81\ud83c001',
    '\udfe5A81001',
    'A81001\ud83c',
    '\udfe5\ud83c',
    '\u0000',
    'A81001\u0000',
    'A\u00008\u00001001',
    'RXK\u{10ffff}',
    '\u202eRXK52',
    'A81001'.padEnd(long),
    'A'.repeat(long),
    '1'.repeat(long),
    ' '.repeat(long),
    '\u200b'.repeat(long / 2),
    '\ufeff'.repeat(1000),
    '-'.repeat(long),
    'A81001 '.repeat(long / 7),
    '\ud800'.repeat(100_000),
    '\u{1f3e5}'.repeat(long / 4)
  ]
  return judged(api, texts)
}

/** A text that is no string is the caller's mistake: a fault that says what was looked for and what was found. */
export function notTexts(api) {
  const failures = []
  const things = [undefined, null, 0, 8339, NaN, true, {}, [], ['A81001'], () => 'A81001', Symbol('A81001'), 10n, new Date(0), new String('A81001')]
  for (const thing of things) {
    const name = describe(thing)
    try {
      const check = api.checkOdsCode(thing)
      failures.push(`${name} was taken, and gave ${JSON.stringify(check)}`)
    } catch (error) {
      const message = String(error?.message)
      if (!(error instanceof Error)) failures.push(`${name} threw ${typeof error}, which is no Error`)
      else if (error instanceof WebAssembly.RuntimeError) failures.push(`${name} trapped: ${message}`)
      else if (!/ncrs-form-check/.test(message) || !/expected a (text|string)/.test(message)) failures.push(`${name}: the fault does not say what was looked for: ${message}`)
      else if (!message.includes(kindOf(thing))) failures.push(`${name}: the fault does not say what was found (${kindOf(thing)}): ${message}`)
    }
  }
  // After all these, a code is still a code.
  if (api.checkOdsCode('A81001').verdict !== 'plausible') failures.push('after the faults A81001 is no longer plausible')
  return { checked: things.length, failures }
}

/** How a fault names it. */
function kindOf(thing) {
  if (thing === null) return 'null'
  return Array.isArray(thing) ? 'array' : typeof thing
}

function describe(thing) {
  return `${kindOf(thing)} ${typeof thing === 'symbol' ? thing.toString() : typeof thing === 'bigint' ? `${thing}n` : JSON.stringify(thing)}`
}

function judged(api, texts, furtherFault = () => undefined) {
  const failures = []
  let checked = 0
  for (const text of texts) {
    for (const box of ['ods', 'dspt']) {
      checked += 1
      const name = `${JSON.stringify(text.slice(0, 40))} (${text.length} long, box ${box})`
      try {
        const check = api.checkOdsCode(text, { box })
        const faults = shapeFaults(check)
        const further = furtherFault(check, box)
        if (further) faults.push(further)
        if (check.suggestion !== undefined) {
          const offered = api.checkOdsCode(check.suggestion, { box })
          if (offered.verdict !== 'plausible' || check.suggestion === check.code) faults.push(`it offers ${check.suggestion}, which is ${offered.verdict}`)
        }
        if (check.code !== null && check.code.length > 60) faults.push(`its code has ${check.code.length} characters`)
        if (faults.length > 0) failures.push(`${name}: ${faults.join('; ')}`)
      } catch (error) {
        failures.push(`${name} threw ${error}`)
      }
    }
  }
  return { checked, failures }
}
