// The types of `ncrs-form-check` and `ncrs-form-check/js`: the component on a page. Meanings and guarantees are those of the package's README.

import type { Field, FieldKind, Finding, FormId, Language, Profile, Report, Row } from './core.js'

/** Starts the whole rules, which every component of this entry asks that is made afterwards: for a page that says where the binary is. */
export { init } from './core.js'

export type Kind = FieldKind

export interface DateParts {
  day: string
  month: string
  year: string
}

/** Where a question stands on this page, and what this page asks of it. A kind is needed when the question is not one of ours. */
export interface FieldSpec extends Omit<Field, 'options' | 'exclusiveLabel'> {
  /** The name of one control, or of one group of radios or checkboxes. */
  name?: string
  selector?: string
  /** The names of a date's three controls. */
  names?: DateParts
  selectors?: DateParts
  /** The names of a list's controls, with `*` for what differs from row to row. */
  namePattern?: string
  /** The option values of this page, and ours. */
  values?: Record<string, string>
  /** The values of a list that mean that nothing was chosen. */
  emptyValues?: readonly string[]
}

export interface Config {
  form?: FormId
  language?: Language
  policy?: string
  profile?: Profile
  /** The day the checks stand on, `YYYY-MM-DD`; the browser's day in London when left out. */
  today?: string
  fields?: Record<string, FieldSpec>
  /** The only questions that a submit button needs, by the button's selector. */
  subsets?: Record<string, string[]>
  /** A selector of submit buttons that never check. */
  bypass?: string
  /** What to do where WebAssembly is refused. */
  fallback?: 'js' | 'none'
  whileLoading?: 'allow' | 'wait'
  /** Where the error summary goes, if the page has a place. */
  summary?: Element | string | null
  /** The prefix of the page's classes; read from the page when left out. */
  prefix?: 'nhsuk' | 'govuk' | (string & {})
  suggestions?: boolean
  ariaInvalid?: boolean
  disableAutoFocus?: boolean
  messages?: Record<string, string>
  calendar?: readonly Row[]
  policies?: readonly Row[]
  lists?: readonly Row[]
  onError?: (fault: Error) => void
}

/** A finding with the controls it speaks of, or the button or box that a person sees in place of one. No copy and no JSON of it holds them. */
export interface PageFinding extends Finding {
  targets: Element[]
}

/** A report with the controls of its findings. It holds no answers. */
export interface PageReport extends Omit<Report, 'findings'> {
  findings: PageFinding[]
}

/** An error that a server found. */
export interface ServedError {
  question?: string
  selector?: string
  message: string
  rule?: string
}

/** A finding of the page's own, for `ncrs:check`. */
export interface AddedFinding {
  question?: string
  selector?: string
  message: string
  rule?: string
  severity?: Finding['severity']
  params?: Finding['params']
  parts?: Finding['parts']
}

export interface FormCheckEventMap {
  'ncrs:ready': CustomEvent<Record<string, never>>
  'ncrs:unavailable': CustomEvent<{ reason: 'csp' | 'network' | 'unsupported' | 'fault' | 'config' }>
  'ncrs:check': CustomEvent<{ report: PageReport; add(finding: AddedFinding): void }>
  'ncrs:invalid': CustomEvent<{ report: PageReport }>
  'ncrs:valid': CustomEvent<{ report: PageReport }>
  'ncrs:bypass': CustomEvent<{ submitter: HTMLElement }>
}

declare global {
  interface HTMLElementEventMap extends FormCheckEventMap {}
  interface DocumentEventMap extends FormCheckEventMap {}
  interface WindowEventMap extends FormCheckEventMap {}
}

/** Checks a form that exists when it is sent, and shows what is to mend as the page's design system does. */
export class FormCheck {
  static readonly moduleName: 'ncrs-form-check'
  static readonly elementType: typeof HTMLFormElement
  static readonly defaults: Readonly<{ fallback: string; whileLoading: string; suggestions: boolean; ariaInvalid: boolean; disableAutoFocus: boolean }>
  static readonly schema: Readonly<{ properties: Record<string, never> }>
  static checkSupport(): void

  /** Throws when this is no form, or one that has a component already. Nothing else that goes wrong is thrown. */
  constructor(form: HTMLFormElement | null, config?: Config)

  /** Settles once the rules have started or could not. Never rejects. */
  readonly ready: Promise<void>
  readonly state: 'loading' | 'ready' | 'unavailable' | 'destroyed'
  /** Judges what is on the page now. Throws unless ready. */
  validate(options?: { show?: boolean; only?: readonly string[] }): PageReport
  /** Shows errors that a server found, in one list with ours. */
  showErrors(list: readonly ServedError[]): void
  /** Takes all errors away. */
  clear(): void
  /** Call it when controls were added, removed or replaced. */
  refresh(): void
  /** Makes the page what it was. */
  destroy(): void
  /** Which controls were taken for which question. */
  describe(): {
    fields: Record<string, { controls: Element[]; by: 'attribute' | 'config' | 'name'; label: string }>
    notFound: string[]
    unmapped: string[]
  }
}

type Component<Instance> = { readonly moduleName: string; new (element: any, config?: any): Instance }

/** Makes a component for every element that is marked with `data-module`. */
export function createAll<Instance>(
  component: Component<Instance>,
  config?: Config,
  scope?: Element | Document | DocumentFragment | null | ((error: unknown, context: object) => void) | { scope?: Element | Document | DocumentFragment | null; onError?: (error: unknown, context: object) => void }
): Instance[]
