// The types of `ncrs-form-check/core`. Meanings and guarantees are those of the package's README.

/** The version of this package and of the rules in it. */
export const version: string

export type FormId = 'ncrs-onboarding' | 'pds-access' | 'dspt-declaration' | 'ods-code'
export type Language = 'en' | 'cy'

/** Where the binary is: an address, a response, its bytes, or a compiled module. */
export type ModuleSource = URL | string | Response | ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module

/**
 * Starts the rules. Calls share one start; one that failed may be tried again. Without a module a browser fetches the
 * .wasm file beside this one and Node reads it from disk.
 */
export function init(options?: { module?: ModuleSource }): Promise<void>

/** Starts the rules at once, from bytes or a compiled module. In Node the module may be left out. */
export function initSync(options?: { module?: ArrayBuffer | ArrayBufferView<ArrayBuffer> | WebAssembly.Module }): void

/** Whether a text can be an ODS code, and of what. Never whether such a code exists. */
export function checkOdsCode(text: string, options?: OdsOptions): OdsCheck

/** Judges a form. Whatever a person typed, it never throws; it throws for a mistake in the call. */
export function check(form: FormId, answers: Answers, options: Options): Report

/** Every rule, current or retired. */
export function rules(): RuleInfo[]

/** Every table of data; with a day, each says whether it is due for a check on it. */
export function tables(options?: { today?: string }): TableInfo[]

/** A plain, nested object of answers, or pairs: of a `FormData`, `[...formData]`. */
export type Answers = { readonly [name: string]: unknown } | readonly (readonly [string, unknown])[]

/** A row for a table, with the columns of that table, all text. */
export type Row = Record<string, string>

export interface Options {
  /** The day the check stands on, `YYYY-MM-DD`. */
  today: string
  /** The name of a DSPT policy; `ncrs_default` when left out. */
  policy?: string
  language?: Language
  /** The questions that this page has; the rest count as not asked. */
  asked?: readonly string[]
  /** Findings and outcome are about these questions alone. */
  only?: readonly string[]
  calendar?: readonly Row[]
  policies?: readonly Row[]
  lists?: readonly Row[]
  /** Texts by rule, or by `rule@question`. */
  messages?: Record<string, string>
  profile?: Profile
  /** Fields of the page's own, and what it adds to questions of ours, by name: `site_manager`, `sites[].ods_code`. */
  fields?: Record<string, Field>
  /** Whether findings carry suggestions: each is nearly the person's answer. */
  suggestions?: boolean
}

/** How an answer in a field of the page's own is read and judged. */
export type FieldKind =
  | 'ods-code'
  | 'dspt-code'
  | 'text'
  | 'long-text'
  | 'email'
  | 'date'
  | 'postcode'
  | 'telephone'
  | 'ico-number'
  | 'whole-number'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'confirm'
  | 'web-address'
  | 'identifier'

/** A field of the page's own, which needs a kind, or what the page adds to a question of ours. */
export interface Field {
  kind?: FieldKind
  /** The words for messages; the name as words when left out. */
  label?: string
  required?: boolean
  /** Asked only when another field holds one of these. */
  when?: { field: string; is: string | readonly string[] }
  maxCharacters?: number
  mustBe?: 'past' | 'today-or-past' | 'today-or-future' | 'future'
  min?: number
  max?: number
  /** Of several choices the one that must stand alone. */
  exclusive?: string
  /** The words for that choice in messages; its value when left out. */
  exclusiveLabel?: string
  /** The values there are to choose; any when left out. */
  options?: readonly string[]
}

/** How a service's form differs from ours. */
export interface Profile {
  id?: string
  drop?: readonly string[]
  required?: Record<string, boolean>
  options?: Record<string, { add?: readonly AddedOption[]; drop?: readonly string[] }>
  labels?: Record<string, string>
  rules?: Record<string, 'off' | 'warning' | 'error'>
}

export interface AddedOption {
  value: string
  label: string
  /** The built-in option whose rules apply. */
  counts_as?: string
}

export interface Report {
  form: string
  version: string
  today: string
  language: string
  outcome: 'accept' | 'reject' | 'stop'
  /** In question order, then rule order. */
  findings: Finding[]
  /** In form order. */
  sections: Section[]
  progress: { needed: number; answered: number }
  dspt?: { valid_until: string | null }
  /** Names that are no question of the form. */
  unknown: string[]
  profile?: string
}

export interface Finding {
  rule: string
  question: string
  severity: 'error' | 'stop' | 'warning' | 'note'
  /** Plain text, never HTML, never what the person typed. */
  message: string
  params: Record<string, string | number>
  /** Of a date: the parts to mend. */
  parts?: ('day' | 'month' | 'year')[]
  /** A person at NHS England will look at this. */
  review?: true
  suggestion?: string
}

export interface Section {
  id: string
  title: string
  status: 'not_started' | 'in_progress' | 'problem' | 'completed' | 'not_needed'
  needed: number
  answered: number
  missing: string[]
}

export interface OdsOptions {
  box?: 'ods' | 'dspt'
  organisationType?: string
  parent?: string
  language?: Language
}

export interface OdsCheck {
  verdict: 'plausible' | 'unusual' | 'retired' | 'impossible' | 'empty'
  code: string | null
  kinds: { id: string; name: string }[]
  suggestion?: string
  tidied: boolean
  findings: Finding[]
}

export interface RuleInfo {
  id: string
  forms: string[]
  /** Question names; `*` for a rule of any question. */
  question: string[]
  severity: 'error' | 'stop' | 'warning' | 'note'
  basis: 'documented' | 'observed' | 'inferred'
  /** The page or document that says so; absent when it is our own reading. */
  source?: string
  status: 'current' | 'retired'
  since: string
  until?: string
  messages: Messages
  /** Other sentences of the rule: in a box for a DSPT code, or for one thing that was found. */
  variants?: { box?: 'dspt'; found?: string; messages: Messages }[]
}

export interface Messages {
  en: string
  cy?: string
}

export interface TableInfo {
  id: string
  what: string
  source: string
  /** The day on which a person last compared the table with its source. */
  checked: string
  /** The first day on which it is due for a check. */
  due_from: string | null
  /** Rows that are used although nobody has confirmed them. */
  unconfirmed: string[]
  /** Only when a day was given. */
  due?: boolean
}
