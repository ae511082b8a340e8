// What does the page ask of the component? Its configuration and the attributes on its form, checked once.

import { attribute, closest, find, rootOf } from './elements.js'
import { fault, kindOf } from '../boundary.js'
import { languageOf } from './words.js'

const isText = (value) => typeof value === 'string'
const isFlag = (value) => typeof value === 'boolean'
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const oneOf =
  (...texts) =>
  (value) =>
    texts.includes(value)

const text = [isText, 'a text']
const flag = [isFlag, 'true or false']
const object = [isObject, 'an object']
const list = [Array.isArray, 'an array']
const whole = [Number.isInteger, 'a whole number']

const SETTINGS = {
  form: text,
  language: text,
  policy: text,
  profile: object,
  today: text,
  fields: object,
  subsets: object,
  bypass: text,
  fallback: [oneOf('js', 'none'), "'js' or 'none'"],
  whileLoading: [oneOf('allow', 'wait'), "'allow' or 'wait'"],
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

const FIELD = {
  name: text,
  selector: text,
  names: object,
  selectors: object,
  namePattern: text,
  kind: text,
  label: text,
  required: flag,
  when: [(value) => isObject(value) && isText(value.field) && (isText(value.is) || (Array.isArray(value.is) && value.is.every(isText))), 'an object with field and is'],
  maxCharacters: whole,
  mustBe: text,
  min: whole,
  max: whole,
  exclusive: text,
  values: object,
  emptyValues: list
}

function expectShape(where, value, shape) {
  if (!isObject(value)) throw fault(`${where}: expected an object, found ${kindOf(value)}`)
  for (const name of Object.keys(value)) {
    if (value[name] === undefined) continue
    if (!Object.hasOwn(shape, name)) throw fault(`${where}: expected ${Object.keys(shape).join(', ')}, found ${JSON.stringify(name)}`)
    const [fits, expected] = shape[name]
    if (!fits(value[name])) throw fault(`${where}.${name}: expected ${expected}, found ${isText(value[name]) ? JSON.stringify(value[name]) : kindOf(value[name])}`)
  }
}

function expectSelector(where, selector, root) {
  try {
    find(root, selector)
  } catch {
    throw fault(`${where}: expected a selector, found ${JSON.stringify(selector)}`)
  }
}

/** The day in London, where the guidance is in force, by the clock of the browser. */
function londonDay() {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date())
  const part = (name) => parts.find(({ type }) => type === name).value
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
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
  const { fields = {}, subsets = {}, bypass } = config
  const root = rootOf(form)
  for (const [key, spec] of Object.entries(fields)) {
    const where = `config.fields[${JSON.stringify(key)}]`
    expectShape(where, spec, FIELD)
    for (const name of ['names', 'selectors']) {
      if (spec[name]) expectShape(`${where}.${name}`, spec[name], { day: text, month: text, year: text })
    }
    if (spec.values) expectShape(`${where}.values`, spec.values, Object.fromEntries(Object.keys(spec.values).map((value) => [value, text])))
    if (/\[\]/.test(key) && [spec.name, spec.selector].some((given) => given !== undefined && !given.includes('*'))) {
      throw fault(`${where}: expected a * in the name of a question of rows, found ${JSON.stringify(spec.name ?? spec.selector)}`)
    }
  }
  for (const [selector, questions] of Object.entries(subsets)) {
    expectSelector('config.subsets', selector, root)
    if (!Array.isArray(questions) || !questions.every(isText)) {
      throw fault(`config.subsets[${JSON.stringify(selector)}]: expected a list of questions, found ${kindOf(questions)}`)
    }
  }
  if (bypass !== undefined) expectSelector('config.bypass', bypass, root)
  if (isText(config.summary)) expectSelector('config.summary', config.summary, root)
  const language = languageOf(attribute(form, 'data-ncrs-language') ?? config.language ?? languageAround(form))
  const today = () => config.today ?? londonDay()
  const passed = Object.fromEntries(['policy', 'profile', 'calendar', 'policies', 'lists'].filter((name) => config[name] !== undefined).map((name) => [name, config[name]]))
  return {
    form: attribute(form, 'data-ncrs-form') ?? config.form ?? 'ncrs-onboarding',
    language,
    fields,
    subsets,
    messages: config.messages,
    suggestions: config.suggestions === true,
    fallback: config.fallback ?? 'none',
    today,
    options: () => ({ ...passed, today: today(), language, suggestions: config.suggestions === true })
  }
}
