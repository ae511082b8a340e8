// What work is measured, and how long does it take here? Runs in Node and, unchanged, inside a page.

const today = '2026-11-22'

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

/** Milliseconds a call, the middle of several rounds, each long enough for the clock. */
function time(work, { rounds = 7, atLeast = 40 } = {}) {
  // An engine compiles what runs often a second time and better; a person's tenth check counts as much as the first.
  const warm = performance.now()
  while (performance.now() - warm < 300) work()
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    let calls = 0
    const from = performance.now()
    do {
      work()
      calls += 1
    } while (performance.now() - from < atLeast)
    times.push((performance.now() - from) / calls)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]
}

/** Every measured piece of work, by name, in microseconds a call. */
export function measure(api, submission) {
  const empty = {}
  const twelve = structuredClone(submission)
  twelve.organisation.postcode = 'PE39'
  twelve.organisation.telephone = '960033'
  twelve.organisation.ico_number = 'C1999888'
  twelve.contacts.applicant.email = 'nobody'
  twelve.contacts.dpo.email = ''
  twelve.pds.use_case = 'short'
  twelve.pds.monthly_lookups = 'many'
  twelve.legal.article_6 = 'z'
  twelve.dspt.published_date = '2026-06-31'
  twelve.access.network = ''
  twelve.declaration.date = ''
  twelve.declaration.agreed = false
  const errors = api.check('ncrs-onboarding', twelve, { today }).findings.filter(({ severity }) => severity === 'error')
  if (errors.length !== 12) throw new Error(`the form with 12 errors has ${errors.length}: ${errors.map(({ rule }) => rule)}`)
  const forms = { 'whole form, no error': submission, 'whole form, 12 errors': twelve, 'whole form, empty': empty }
  const rows = Object.entries(forms).map(([name, form]) => [name, time(() => api.check('ncrs-onboarding', form, { today })) * 1000])
  rows.push(['one ODS code', time(() => api.checkOdsCode('A81001')) * 1000])
  for (const count of [10, 100, 1_000, 10_000]) {
    const form = withUsers(submission, count)
    const report = api.check('ncrs-onboarding', form, { today })
    if (report.findings.some(({ severity }) => severity === 'error')) throw new Error(`the form with ${count} users has errors`)
    rows.push([`${count} user rows, each`, (time(() => api.check('ncrs-onboarding', form, { today }), { rounds: 5 }) * 1000) / count])
  }
  return rows
}

/** The same inside a page, with the package that the page has. */
export async function measureInPage(submission) {
  const api = await import('/pkg/core.js')
  await api.init()
  return measure(api, submission)
}
