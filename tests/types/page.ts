// Can a TypeScript team use the component as the contract says, and does the compiler stop what would be a fault?
//
// Compiled, never run. A line under `@ts-expect-error` that compiles is an error itself.

import { FormCheck, createAll, init } from 'ncrs-form-check'
import type { Config, FieldSpec, Kind, PageReport, ServedError } from 'ncrs-form-check'

export async function component(form: HTMLFormElement): Promise<PageReport> {
  const region: FieldSpec = { kind: 'choice', name: 'Region', required: true, values: { N: 'north' }, emptyValues: ['-'] }
  const config: Config = {
    form: 'pds-access',
    today: '2026-11-22',
    fields: {
      region,
      'sites[].ods_code': { kind: 'ods-code', namePattern: 'sites[*][ods]' },
      'dspt.published_date': { names: { day: 'd', month: 'm', year: 'y' }, mustBe: 'today-or-past' },
      other: { kind: 'text', when: { field: 'region', is: ['north', 'south'] }, maxCharacters: 40 }
    },
    subsets: { '#find': ['organisation.ods_code'] },
    fallback: 'js',
    whileLoading: 'wait',
    prefix: 'moj',
    summary: form
  }
  await init({ module: new URL('https://service.example/ncrs_form_check_bg.wasm') })
  const check = new FormCheck(form, config)
  await check.ready
  const states: 'loading' | 'ready' | 'unavailable' | 'destroyed' = check.state
  const served: ServedError[] = [{ question: 'region', message: 'Select a region' }]
  check.showErrors(served)
  check.clear()
  check.refresh()
  check.destroy()
  const { fields, notFound, unmapped } = check.describe()
  const label: string | undefined = fields['region']?.label
  const all: FormCheck[] = createAll(FormCheck, config, form)
  createAll(FormCheck, undefined, { scope: document, onError: (error) => void error })
  form.addEventListener('ncrs:check', ({ detail }) => detail.add({ question: 'region', message: 'Select a region' }))
  document.addEventListener('ncrs:unavailable', ({ detail: { reason } }) => reason === 'csp')
  window.addEventListener('ncrs:invalid', ({ detail: { report } }) => report.findings.flatMap(({ targets }) => targets))
  const kind: Kind = 'web-address'
  // @ts-expect-error a kind with a typing error
  const wrong: Kind = 'webaddress'
  // @ts-expect-error a form is needed
  new FormCheck()
  // @ts-expect-error a setting with a typing error
  new FormCheck(form, { whileloading: 'wait' })
  // @ts-expect-error a date has three parts
  new FormCheck(form, { fields: { date: { kind: 'date', names: { day: 'd', month: 'm' } } } })
  // @ts-expect-error a message is needed
  check.showErrors([{ question: 'region' }])
  // @ts-expect-error the state is told, not set
  check.state = 'ready'
  void [states, label, notFound, unmapped, all, kind, wrong]
  return check.validate({ show: true, only: ['organisation.ods_code'] })
}
