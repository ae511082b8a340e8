// What work is measured? Runs in Node and, unchanged, inside a page.

import { started } from './contestants.mjs'
import { timeInTurns } from './timing.mjs'

/** A form with so many users, every one answered without a mistake. */
export function withUsers(submission, count) {
  const form = structuredClone(submission)
  const width = 12
  form.ra.users = Array.from({ length: count }, (_, at) => ({
    name: `User ${at}`,
    has_care_id: 'yes',
    uuid: String(100_000_000_000 + at).padStart(width, '0'),
    role_code: 'R8000',
    activity_codes: ['B0370', 'B0168']
  }))
  form.pds.user_count = count + 1
  return form
}

/** How long the same form takes each, by the name of the form and then of who checks it. */
async function againstPeers({ contestants, forms, codes, shape, profile, today, rounds }) {
  const checks = {}
  const codeChecks = {}
  for (const [name, address, withProfile] of contestants) {
    const { check, code } = await started(await import(address), today, { shape, profile: withProfile ? profile : undefined })
    checks[name] = check
    if (!withProfile) codeChecks[name] = code
  }
  const table = {}
  for (const [what, form] of Object.entries(forms)) {
    table[what] = timeInTurns(Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, () => check(form)])), { rounds })
  }
  const each = (work) => Object.fromEntries(Object.entries(codeChecks).map(([name, code]) => [name, () => work(code)]))
  table['one ODS code'] = timeInTurns(each((code) => code('A81001')), { rounds })
  const allCodes = (code) => {
    let impossible = 0
    for (const text of codes) if (!code(text)) impossible += 1
    return impossible
  }
  table[`${codes.length.toLocaleString('en')} ODS codes`] = timeInTurns(each(allCodes), { rounds: 3, warm: 0, atLeast: 1 })
  return table
}

/** How long the whole application takes us, which no library here holds, and what a row of it takes when there are many. */
async function oursAlone({ contestants: [[, address]], whole, today, rounds }) {
  const api = await import(address)
  await api.init()
  const check = (form) => {
    const { findings } = api.check('ncrs-onboarding', form, { today })
    if (form !== whole && form.pds && findings.some(({ severity }) => severity === 'error')) throw new Error('the form with many users has errors')
  }
  const application = timeInTurns({ 'without a finding': () => check(whole), empty: () => check({}) }, { rounds })
  // The most first, with which the others are compared round by round.
  const counts = [10_000, 1_000, 100, 10]
  const rows = {}
  const forms = counts.map((count) => [count, withUsers(whole, count)])
  const times = timeInTurns(Object.fromEntries(forms.map(([count, form]) => [`${count} rows`, () => check(form)])), { rounds: Math.min(rounds, 5) })
  for (const [count] of forms) {
    const { median, low, high } = times[`${count} rows`]
    rows[count] = { median: median / count, low: low / count, high: high / count }
  }
  return { application, rows, growth: times['100 rows'].ours / (10_000 / 100) }
}

/** Everything that is measured once started. */
export async function measure(given) {
  return { peers: await againstPeers(given), ours: await oursAlone(given) }
}
