// What does the page ask of the component? Its configuration and the attributes on its form, checked once.

import { attribute, closest, find, rootOf } from './elements.js'
import { kindOf } from '../boundary.js'
import { misfit } from './misfit.js'
import { languageOf } from './words.js'

const isText = (value) => typeof value === 'string'
const isFlag = (value) => typeof value === 'boolean'
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = [isText, 'a text']
const flag = [isFlag, 'true or false']
const object = [isObject, 'an object']
const list = [Array.isArray, 'an array']
// As many digits as the rules read of a whole number.
const whole = [(value) => Number.isInteger(value) && value >= 0 && value <= 999999999, 'a whole number from 0 to 999999999']
const oneOf = (...texts) => [(value) => texts.includes(value), texts.map((each) => `'${each}'`).join(' or ')]

const SETTINGS = {
  form: text,
  language: text,
  policy: text,
  profile: object,
  today: text,
  fields: object,
  subsets: object,
  bypass: text,
  fallback: oneOf('js', 'none'),
  whileLoading: oneOf('allow', 'wait'),
  // `null` is what a page gets that looks for its place and has none.
  summary: [(value) => value === null || isText(value) || isObject(value), 'an element or a selector'],
  prefix: text,
  suggestions: flag,
  ariaInvalid: flag,
  disableAutoFocus: flag,
  messages: object,
  calendar: list,
  policies: list,
  lists: list,
  onError: [(value) => typeof value === 'function', 'a function']
}

/** What a page says of a field to the rules. */
const RULED = {
  kind: text,
  label: text,
  required: flag,
  when: [(value) => isObject(value) && isText(value.field) && [value.is].flat().every(isText), 'an object with field and is'],
  maxCharacters: whole,
  mustBe: text,
  min: whole,
  max: whole,
  exclusive: text
}

/** The same, and where it is and what its values mean. */
const FIELD = {
  name: text,
  selector: text,
  names: object,
  selectors: object,
  namePattern: text,
  ...RULED,
  values: object,
  emptyValues: list
}

function expectFits(where, value, [fits, expected]) {
  if (!fits(value)) throw misfit(where, expected, isText(value) ? JSON.stringify(value) : typeof value === 'number' ? value : kindOf(value))
}

function expectShape(where, value, shape) {
  if (!isObject(value)) throw misfit(where, 'an object', kindOf(value))
  for (const name of Object.keys(value)) {
    if (value[name] === undefined) continue
    if (!Object.hasOwn(shape, name)) throw misfit(where, Object.keys(shape).join(', '), JSON.stringify(name))
    expectFits(`${where}.${name}`, value[name], shape[name])
  }
}

function expectSelector(where, selector, root) {
  try {
    find(root, selector)
  } catch {
    throw misfit(where, 'a selector', JSON.stringify(selector))
  }
}

/** The day in London, where the guidance is in force, by the clock of the browser. */
function londonDay() {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date())
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/** The closest `lang`, also of what a shadow root stands in. */
function languageAround(form) {
  for (let element = form; element; element = rootOf(element).host) {
    const found = closest(element, '[lang]')
    if (found !== null) return attribute(found, 'lang')
  }
  return undefined
}

/** The settings of one component. What the rules are to judge is left to them. */
export function settingsOf(form, config) {
  expectShape('config', config, SETTINGS)
  const { fields = {}, subsets = {}, bypass, summary, messages, fallback = 'none' } = config
  const root = rootOf(form)
  for (const [key, spec] of Object.entries(fields)) {
    const where = `config.fields[${JSON.stringify(key)}]`
    expectShape(where, spec, FIELD)
    for (const name of ['names', 'selectors']) {
      if (spec[name]) expectShape(`${where}.${name}`, spec[name], { day: text, month: text, year: text })
    }
    for (const [value, meant] of Object.entries(spec.values ?? {})) expectFits(`${where}.values.${value}`, meant, text)
    if (/\[\]/.test(key) && [spec.name, spec.selector].some((given) => given !== undefined && !given.includes('*'))) {
      throw misfit(where, 'a * in the name of a question of rows', JSON.stringify(spec.name ?? spec.selector))
    }
  }
  for (const [selector, questions] of Object.entries(subsets)) {
    expectSelector('config.subsets', selector, root)
    if (!Array.isArray(questions) || !questions.every(isText)) {
      throw misfit(`config.subsets[${JSON.stringify(selector)}]`, 'a list of questions', kindOf(questions))
    }
  }
  if (bypass !== undefined) expectSelector('config.bypass', bypass, root)
  if (isText(summary)) expectSelector('config.summary', summary, root)
  const language = languageOf(attribute(form, 'data-ncrs-language') ?? config.language ?? languageAround(form))
  const today = () => config.today ?? londonDay()
  const suggestions = config.suggestions === true
  const { policy, profile, calendar, policies, lists } = config
  const isSaid = (given) => given !== undefined
  const isRuled = (spec) => Object.keys(RULED).some((name) => isSaid(spec[name]))
  return {
    /** Whether the rules need nothing of the page's own. */
    isStandard: ![messages, profile, calendar, policies, lists].some(isSaid) && !Object.values(fields).some(isRuled),
    form: attribute(form, 'data-ncrs-form') ?? config.form ?? 'ncrs-onboarding',
    language,
    // Read once, as the choice of rules is made once: what is written there later is for the next component.
    fields: Object.fromEntries(Object.entries(fields).map(([key, spec]) => [key, Object.fromEntries(Object.keys(FIELD).map((name) => [name, spec[name]]))])),
    subsets,
    messages,
    suggestions,
    fallback,
    today,
    // A fault quotes what it found, and nobody reads more of it than this.
    options: () => ({ policy: policy?.slice(0, 100) || undefined, profile, calendar, policies, lists, today: `${today()}`.slice(0, 100), language, suggestions: suggestions || undefined })
  }
}
