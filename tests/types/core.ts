// Can a TypeScript team use the core as the contract says, and does the compiler stop what would be a fault?
//
// Compiled, never run. A line under `@ts-expect-error` that compiles is an error itself.

import { check, checkOdsCode, init, initSync, rules, tables, version } from 'ncrs-form-check/core'
import type { Field, Finding, OdsCheck, OdsOptions, Report, RuleInfo, Section, TableInfo } from 'ncrs-form-check/core'

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
const same = <_ extends true>(): void => undefined

export async function starting(bytes: Uint8Array<ArrayBuffer>, response: Response, compiled: WebAssembly.Module): Promise<void> {
  const nothing: void = await init()
  await init({})
  for (const module of [bytes, bytes.buffer, response, compiled, new URL('https://service.example/ncrs_form_check_bg.wasm')]) await init({ module })
  initSync({ module: bytes })
  initSync({ module: compiled })
  // @ts-expect-error a module is an object's member, not the argument
  await init(bytes)
  // TypeScript's own WebAssembly.Module is empty, so it takes every thing; nothing is not a thing.
  // @ts-expect-error nothing is no module
  await init({ module: null })
  // @ts-expect-error nor in one step
  initSync({ module: null })
  return nothing
}

export function odsCode(): void {
  const plain: OdsCheck = checkOdsCode('A81001')
  const options: OdsOptions = { box: 'dspt', organisationType: 'gp_practice', parent: 'RXK', language: 'cy' }
  checkOdsCode('A81001', options)
  checkOdsCode('A81001', {})
  same<Same<typeof plain.verdict, 'plausible' | 'unusual' | 'retired' | 'impossible' | 'empty'>>()
  same<Same<typeof plain.code, string | null>>()
  same<Same<typeof plain.tidied, boolean>>()
  const suggestion: string | undefined = plain.suggestion
  const names: string[] = plain.kinds.map(({ id, name }) => `${id} ${name}`)
  const findings: Finding[] = plain.findings
  // @ts-expect-error a text is needed
  checkOdsCode()
  // @ts-expect-error a number is no text
  checkOdsCode(8339)
  // @ts-expect-error nor is null
  checkOdsCode(null)
  // @ts-expect-error there are two boxes
  checkOdsCode('A81001', { box: 'other' })
  // @ts-expect-error an option with a typing error
  checkOdsCode('A81001', { organizationType: 'gp_practice' })
  // @ts-expect-error a verdict with a typing error
  if (plain.verdict === 'valid') return
  // @ts-expect-error a code may be null
  plain.code.length
  void [suggestion, names, findings]
}

export function form(data: FormData): void {
  const pairs: [string, string][] = []
  const report: Report = check('ods-code', pairs, { today: '2026-01-31' })
  check('ncrs-onboarding', { organisation: { ods_code: 'A81001', beds: 12, open: true } }, { today: '2026-01-31' })
  same<Same<typeof report.outcome, 'accept' | 'reject' | 'stop'>>()
  for (const finding of report.findings) {
    same<Same<typeof finding.severity, 'error' | 'stop' | 'warning' | 'note'>>()
    const parts: ('day' | 'month' | 'year')[] | undefined = finding.parts
    const params: Record<string, string | number> = finding.params
    void [finding.rule, finding.question, finding.message, finding.review === true, parts, params, finding.suggestion]
  }
  const sections: Section[] = report.sections
  for (const { id, title, status, needed, answered, missing } of sections) {
    same<Same<typeof status, 'not_started' | 'in_progress' | 'problem' | 'completed' | 'not_needed'>>()
    void [id, title, needed + answered, missing.join()]
  }
  const until: string | null | undefined = report.dspt?.valid_until
  void [report.form, report.version, report.today, report.language, report.progress.needed, report.unknown.length, report.profile, until, data]
  const fields: Record<string, Field> = {
    'sites[].opened': { kind: 'date', mustBe: 'today-or-past', when: { field: 'sites[].new', is: ['yes'] } },
    'sites[].new': { kind: 'yes-no', label: 'Is the site new?', required: true },
    beds: { kind: 'whole-number', min: 1, max: 2000 },
    systems: { kind: 'choices', exclusive: 'none', exclusiveLabel: 'None of these', options: ['a', 'none'] },
    'organisation.name': { maxCharacters: 100 }
  }
  check('ods-code', pairs, { today: '2026-01-31', fields })
  // @ts-expect-error a kind with a typing error
  check('ods-code', pairs, { today: '2026-01-31', fields: { beds: { kind: 'number' } } })
  // @ts-expect-error a condition needs what it is
  check('ods-code', pairs, { today: '2026-01-31', fields: { beds: { kind: 'text', when: { field: 'a' } } } })
  // @ts-expect-error a key with a typing error
  check('ods-code', pairs, { today: '2026-01-31', fields: { beds: { kind: 'text', maxLength: 9 } } })
  // @ts-expect-error today is needed
  check('ods-code', pairs, {})
  // @ts-expect-error and so are the options
  check('ods-code', pairs)
  // @ts-expect-error a form with a typing error
  check('ods-codes', pairs, { today: '2026-01-31' })
  // @ts-expect-error today is a text
  check('ods-code', pairs, { today: new Date() })
  // @ts-expect-error there are two languages
  check('ods-code', pairs, { today: '2026-01-31', language: 'fr' })
}

export function catalogues(): string[] {
  const everyRule: RuleInfo[] = rules()
  const everyTable: TableInfo[] = tables()
  const ours: string = version
  return [ours, ...everyRule.map(({ id }) => id), String(everyTable.length)]
}
