// Does the memory of the rules stay as it is, however often the package is asked and whatever is pasted?

const largest = 2 * 1024 * 1024
const texts = ['A81001', 'rxk52', ' 8E339 ', 'V0A1B', 'someone@example.org', '\u041081001', 'ARTERYS', '', 'A81001 or B82001', '\ud83c\udfe5']

/**
 * A package over instances of a build, whose memory can be seen and whose number must stay one.
 *
 * @param {() => import('../../pkg/instance.js').Exports} make
 */
export async function watched(make) {
  const { checkOdsCodeOf, checkOf, rulesOf } = await import('../../pkg/boundary.js')
  const { kinds } = await import('../../pkg/wasm/catalogue.js')
  const made = []
  const rules = rulesOf()
  rules.started(() => {
    made.push(make())
    return made.at(-1)
  })
  return { api: { check: checkOf(rules), checkOdsCode: checkOdsCodeOf(rules, kinds) }, made }
}

/** Many are a million, and fewer where each takes longer: what grows, grows by the call. */
export function manyCalls({ api, made }, many) {
  const failures = []
  const [{ memory }] = made
  const call = (index) => {
    const text = texts[index % texts.length]
    if (index % 100 === 0) api.check('ods-code', [['organisation.ods_code', text]], { today: '2026-01-31' })
    else api.checkOdsCode(text, index % 3 === 0 ? { box: 'dspt' } : undefined)
  }
  let index = 0
  while (index < 10_000) call(index++)
  const early = memory.buffer.byteLength
  while (index < many) call(index++)
  const late = memory.buffer.byteLength
  if (late !== early) failures.push(`memory grew from ${early} to ${late} bytes between call 10,000 and ${many}`)
  if (late > largest) failures.push(`memory is ${late} bytes, more than ${largest}`)
  if (made.length > 1) failures.push(`${made.length - 1} instances broke`)
  return { checked: index, failures }
}

/** A paste of 10 MB is judged, and leaves nothing behind. */
export function hugePastes({ api, made }) {
  const failures = []
  const [{ memory }] = made
  const before = memory.buffer.byteLength
  const pastes = ['A'.repeat(10 * 1024 * 1024), 'A81001'.padEnd(10 * 1024 * 1024), '\u{1f3e5}'.repeat(2_500_000)]
  for (const paste of pastes) {
    api.checkOdsCode(paste)
    api.check('ods-code', [['organisation.ods_code', paste]], { today: '2026-01-31' })
    api.check('ods-code', [[paste, 'A81001']], { today: '2026-01-31' })
  }
  const after = memory.buffer.byteLength
  if (after > largest) failures.push(`a paste of 10 MB took memory from ${before} to ${after} bytes, which it keeps for ever`)
  if (made.length > 1) failures.push(`${made.length - 1} instances broke`)
  return { checked: pastes.length * 3, failures }
}
