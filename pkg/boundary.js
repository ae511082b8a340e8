// How do calls cross into the rules? Checks what a caller passes, packs it as one text, and builds plain objects from the
// packed answer. The other half is src/packed.rs. Used by every build, so that they cannot differ.

import { instanceOf } from './instance.js'

/** The version of this package and of the rules in it. */
export const version = '0.1.0'

const SEPARATOR = '\u001f'
const EACH_ESCAPE = /[\u001e\u001f]/g
const UNESCAPE = /\u001e(.)/g

// What stands for things without a text; no escaped text can look like these. No strings, so that they are told from texts.
const mark = (text) => ({ toString: () => text })
const EMPTY_LIST = mark('\u001el')
const EMPTY_OBJECT = mark('\u001eo')
const MISFIT = mark('\u001em')

// The rules read 10,000 code points of an answer. One more than so many, even if each takes two units, shows that it is
// longer. What is cut off never enters the memory of the rules.
const MOST_UNITS = 20_002

const SIMPLE_OPTIONS = ['today', 'policy', 'language', 'asked', 'only', 'suggestions']
const ODS_OPTIONS = ['box', 'organisationType', 'parent', 'language']

/** A mistake of the page or of its developer, never of an answer: what was looked for, what was found. */
export function fault(what) {
  return new TypeError(`ncrs-form-check: ${what}`)
}

/** How a fault names what it found. Never quotes a text: it may be somebody's answer. */
export function kindOf(value) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string') return 'a string'
  if (typeof value === 'object') return 'an object'
  return typeof value
}

/** Bytes of any kind; also those of another frame, which are no instance of ours. */
export function isBytes(value) {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}

function capped(text) {
  return text.length > MOST_UNITS ? text.slice(0, MOST_UNITS) : text
}

function times(sign, text) {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

/** Fields as one text. Hardly any holds what must be escaped, which is seen sooner in the whole than in each. */
function joined(fields) {
  const text = fields.join(SEPARATOR)
  const marks = fields.filter((field) => typeof field !== 'string').length
  if (times(SEPARATOR, text) === fields.length - 1 && times('\u001e', text) === marks) return text
  const escaped = (field) => field.replace(EACH_ESCAPE, (found) => (found === SEPARATOR ? '\u001eb' : '\u001ea'))
  return fields.map((field) => (typeof field === 'string' ? escaped(field) : field)).join(SEPARATOR)
}

function unescaped(text) {
  return text.includes('\u001e') ? text.replace(UNESCAPE, (_, kind) => (kind === 'b' ? SEPARATOR : '\u001e')) : text
}

/** A number as its text, without an exponent: 1e21 has 22 digits. */
function numberText(number) {
  const text = String(number)
  const exponent = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!exponent) return text
  const [, sign, first, rest = '', power] = exponent
  const digits = first + rest
  const point = 1 + Number(power)
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '')
}

/** The text of a value that has one. */
function textOf(value) {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return numberText(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    default:
      return undefined
  }
}

function isPlainObject(value) {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

// No form of ours is a quarter as deep; a body of nothing but brackets, sent to a server, must not exhaust its stack.
const DEEPEST = 32

/** Packs the leaves of a nested object, each with its path. A circle is a leaf without a text, and so is what lies too deep. */
function packLeaves(value, path, fields, above) {
  if (value === null || value === undefined) return
  const text = textOf(value)
  if (text !== undefined) {
    fields.push(capped(path), capped(text))
    return
  }
  const isList = Array.isArray(value)
  if (typeof value !== 'object' || above.length >= DEEPEST || above.includes(value) || !(isList || isPlainObject(value))) {
    fields.push(capped(path), MISFIT)
    return
  }
  above.push(value)
  if (isList) {
    if (value.length === 0) fields.push(capped(path), EMPTY_LIST)
    for (let at = 0; at < value.length; at += 1) packLeaves(value[at], `${path}[${at}]`, fields, above)
  } else {
    const names = Object.keys(value)
    if (names.length === 0 && path !== '') fields.push(capped(path), EMPTY_OBJECT)
    for (const name of names) packLeaves(value[name], path === '' ? name : `${path}.${name}`, fields, above)
  }
  above.pop()
}

function packPairs(pairs, fields, read) {
  for (const [name, value] of pairs) {
    if (value === null || value === undefined) continue
    const text = read(value)
    fields.push(capped(read(name)), text === undefined ? MISFIT : capped(text))
  }
}

/** A text, or undefined: an empty one is the same as none. */
function optionText(where, value, most = MOST_UNITS) {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw fault(`${where}: expected a text, found ${kindOf(value)}`)
  return value.length > most ? value.slice(0, most) : value
}

// A fault quotes what it found, so that an option that somebody filled with a novel is not quoted whole.
const MOST_OF_A_NAME = 100

function optionNames(where, names) {
  if (names === undefined || names === null) return undefined
  if (!Array.isArray(names)) throw fault(`${where}: expected a list of question names, found ${kindOf(names)}`)
  for (const name of names) {
    if (typeof name !== 'string') throw fault(`${where}: expected the name of a question, found ${kindOf(name)}`)
  }
  return names
}

/** Packs what a host says: how much it is, then each name, and `+` and its text or what lies below it. */
function packSaid(said, fields) {
  const entries = Array.isArray(said) ? said.map((item) => ['', item]) : Object.entries(said)
  const given = entries.filter(([, value]) => value !== undefined)
  fields.push(String(given.length))
  for (const [name, value] of given) {
    fields.push(name)
    if (typeof value === 'object') packSaid(value, fields)
    else fields.push(`+${typeof value === 'boolean' ? (value ? '1' : '') : value}`)
  }
}

/** A call as the other side reads it. */
function packCall(form, said, fill) {
  const fields = [form]
  packSaid(said, fields)
  fill(fields)
  return joined(fields)
}

/** The options of a call as they are packed, once each is seen to have its shape. */
function saidBy(options, shapes) {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw fault(`check(form, answers, options): expected options as an object with today, found ${kindOf(options)}`)
  }
  for (const name of Object.keys(options)) {
    if (!SIMPLE_OPTIONS.includes(name) && !Object.hasOwn(shapes, name)) {
      throw fault(`options: expected ${[...SIMPLE_OPTIONS, ...Object.keys(shapes)].join(', ')}, found "${name}"`)
    }
  }
  if (typeof options.today !== 'string') {
    throw fault(`options.today: expected a day written YYYY-MM-DD, found ${kindOf(options.today)}`)
  }
  const { suggestions } = options
  if (suggestions !== undefined && suggestions !== null && typeof suggestions !== 'boolean') {
    throw fault(`options.suggestions: expected true or false, found ${kindOf(suggestions)}`)
  }
  const said = {
    today: optionText('options.today', options.today, MOST_OF_A_NAME),
    policy: optionText('options.policy', options.policy, MOST_OF_A_NAME),
    language: optionText('options.language', options.language, MOST_OF_A_NAME),
    suggestions: suggestions || undefined,
    asked: optionNames('options.asked', options.asked),
    only: optionNames('options.only', options.only)
  }
  for (const name of Object.keys(shapes)) said[name] = options[name] ?? undefined
  expectShapes(said, shapes)
  return said
}

/** How the answers of a call are packed, unless they are none. */
function answersOf(answers) {
  if (answers === null || typeof answers !== 'object') {
    throw fault(`check(form, answers, options): expected answers as an object or a list of [name, value] pairs, found ${kindOf(answers)}`)
  }
  if (Array.isArray(answers)) {
    for (const pair of answers) {
      if (Array.isArray(pair) && pair.length === 2 && textOf(pair[0]) !== undefined) continue
      throw fault(`check(form, answers, options): expected answers as an object or a list of [name, value] pairs, found ${kindOf(pair)} in the list`)
    }
    return (fields) => {
      fields.push('')
      packPairs(answers, fields, textOf)
    }
  }
  if (!isPlainObject(answers)) {
    // A FormData, say, has none of its pairs as properties: read so it would be a form with nothing in it.
    throw fault('check(form, answers, options): expected answers as a plain object or a list of [name, value] pairs, found an object of another kind; of a FormData, URLSearchParams or Map pass [...answers]')
  }
  return (fields) => {
    fields.push('1')
    packLeaves(answers, '', fields, [])
  }
}

const expectText = (where, value) => {
  if (typeof value !== 'string') throw fault(`${where}: expected a string, found ${kindOf(value)}`)
}
const expectBoolean = (where, value) => {
  if (typeof value !== 'boolean') throw fault(`${where}: expected true or false, found ${kindOf(value)}`)
}
const listOf = (expectItem) => (where, value) => {
  if (!Array.isArray(value)) throw fault(`${where}: expected an array, found ${kindOf(value)}`)
  // A hole is an item too.
  ;[...value].forEach((item, at) => expectItem(`${where}[${at}]`, item))
}
const recordOf = (expectValue) => (where, value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw fault(`${where}: expected an object, found ${kindOf(value)}`)
  }
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined) expectValue(`${where}[${JSON.stringify(name)}]`, value[name])
  }
}
const objectOf = (shape) => (where, value) => {
  recordOf(() => {})(where, value)
  const names = Object.keys(value)
  for (const name of names) {
    if (!Object.hasOwn(shape, name)) throw fault(`${where}: expected ${Object.keys(shape).join(', ')}, found "${name}"`)
  }
  for (const name of Object.keys(shape)) {
    if (value[name] === undefined) continue
    // What a getter of a class gives is not packed, and must not be lost without a word.
    if (!names.includes(name)) throw fault(`${where}.${name}: expected a property of the object itself, found one of its class`)
    shape[name](`${where}.${name}`, value[name])
  }
}
const expectNumber = (where, value) => {
  // As many digits as the rules read of a whole number.
  if (!Number.isInteger(value) || value < 0 || value > 999999999) {
    throw fault(`${where}: expected a whole number from 0 to 999999999, found ${typeof value === 'number' ? value : kindOf(value)}`)
  }
}
const expectTextOrList = (where, value) => {
  if (!Array.isArray(value)) expectText(where, value)
  else listOf(expectText)(where, value)
}
const rows = listOf(recordOf(expectText))
const texts = recordOf(expectText)

// The shapes of the options that hold objects. What they mean is judged by the rules.
const HOSTS_SHAPES = {
  calendar: rows,
  policies: rows,
  lists: rows,
  messages: texts,
  profile: objectOf({
    id: expectText,
    drop: listOf(expectText),
    required: recordOf(expectBoolean),
    options: recordOf(
      objectOf({
        add: listOf(objectOf({ value: expectText, label: expectText, counts_as: expectText })),
        drop: listOf(expectText)
      })
    ),
    labels: texts,
    rules: texts
  })
}

/** The one more that the component on a page writes itself. */
const fieldsShape = () =>
  recordOf(
    objectOf({
      kind: expectText,
      label: expectText,
      required: expectBoolean,
      when: objectOf({ field: expectText, is: expectTextOrList }),
      maxCharacters: expectNumber,
      mustBe: expectText,
      min: expectNumber,
      max: expectNumber,
      exclusive: expectText,
      exclusiveLabel: expectText,
      options: listOf(expectText)
    })
  )

/** What most calls leave out has the shape that it is packed in. */
function expectShapes(said, shapes) {
  for (const name of Object.keys(shapes)) {
    if (said[name] !== undefined) shapes[name](`options.${name}`, said[name])
  }
  for (const changes of Object.values(said.profile?.options ?? {})) {
    changes?.add?.forEach(({ value }) => {
      if (value === undefined) throw fault('options.profile.options: expected a value for each added option, found none')
    })
  }
}

function packOdsOptions(options) {
  if (options === undefined) return ''
  if (options === null || typeof options !== 'object') {
    throw fault(`checkOdsCode(text, options): expected options as an object, found ${kindOf(options)}`)
  }
  for (const name of Object.keys(options)) {
    if (!ODS_OPTIONS.includes(name)) throw fault(`options: expected ${ODS_OPTIONS.join(', ')}, found "${name}"`)
  }
  const fields = []
  packSaid(
    {
      box: optionText('options.box', options.box, MOST_OF_A_NAME),
      language: optionText('options.language', options.language, MOST_OF_A_NAME),
      organisationType: optionText('options.organisationType', options.organisationType),
      parent: optionText('options.parent', options.parent)
    },
    fields
  )
  return joined(fields)
}

/** Reads the fields of a packed answer one after the other. */
class Fields {
  constructor(packed) {
    if (packed[0] === '!') throw new Error(packed.slice(1))
    this.fields = packed.split(SEPARATOR)
    this.at = 0
  }

  text() {
    return unescaped(this.fields[this.at++])
  }

  number() {
    return Number(this.fields[this.at++])
  }

  flag() {
    return this.fields[this.at++] === '1'
  }

  /** A text after `+`, or undefined. */
  optional() {
    const field = this.fields[this.at++]
    return field === '' ? undefined : unescaped(field.slice(1))
  }

  list(read) {
    const list = []
    for (let left = this.number(); left > 0; left -= 1) list.push(read())
    return list
  }

  // Keys are set in the order in which serde writes them, and left out where it does.
  finding() {
    const finding = {
      rule: this.text(),
      question: this.text(),
      severity: this.text(),
      message: this.text(),
      params: {}
    }
    for (let left = this.number(); left > 0; left -= 1) {
      const name = this.text()
      const value = this.text()
      finding.params[name] = value[0] === '#' ? Number(value.slice(1)) : value.slice(1)
    }
    const parts = this.optional()
    if (parts !== undefined) finding.parts = parts.split(' ')
    if (this.flag()) finding.review = true
    const suggestion = this.optional()
    if (suggestion !== undefined) finding.suggestion = suggestion
    return finding
  }

  report() {
    const report = {
      form: this.text(),
      version: this.text(),
      today: this.text(),
      language: this.text(),
      outcome: this.text(),
      findings: this.list(() => this.finding()),
      sections: this.list(() => ({
        id: this.text(),
        title: this.text(),
        status: this.text(),
        needed: this.number(),
        answered: this.number(),
        missing: this.list(() => this.text())
      })),
      progress: { needed: this.number(), answered: this.number() }
    }
    const until = this.text()
    if (until !== '') report.dspt = { valid_until: until === '-' ? null : until }
    report.unknown = this.list(() => this.text())
    const profile = this.optional()
    if (profile !== undefined) report.profile = profile
    return report
  }
}

function odsCheckIn(fields, nameOf) {
  const check = {
    verdict: fields.text(),
    code: fields.optional() ?? null,
    kinds: fields.list(() => {
      const id = fields.text()
      return { id, name: nameOf(id) }
    })
  }
  const suggestion = fields.optional()
  if (suggestion !== undefined) check.suggestion = suggestion
  check.tidied = fields.flag()
  check.findings = fields.list(() => fields.finding())
  return check
}

// Arguments are read from left to right and object literals set their keys in order, so the fields are read in order.

/** The rules broke on a question, and a fresh instance of them broke on it too. No fault of the caller, and nothing of the answers in it. */
function rulesBroken(cause) {
  const error = new Error('ncrs-form-check: the rules broke, and broke again after a fresh start', { cause })
  error.name = 'RulesBroken'
  return error
}

// What follows is in parts, so that an entry which lacks one does without its code.

/**
 * One build of the rules: nothing at first, then an instance at a time.
 *
 * A start gives what makes an instance, at once and as often as it is called: an instance that broke is half alive, and is
 * thrown away whatever it still says.
 *
 * @typedef {() => import('./instance.js').Exports} Maker
 */
// @__NO_SIDE_EFFECTS__
export function rulesOf() {
  let make
  let instance
  let starting

  /** @param {Maker} maker */
  const started = (maker) => {
    // Two starts at once are one: the first to finish stays.
    if (make) return
    instance = instanceOf(maker())
    make = maker
  }

  return {
    started,
    isStarted: () => make !== undefined,
    isBegun: () => (make ?? starting) !== undefined,

    /** @param {() => Promise<Maker>} start */
    begin(start) {
      if (make) return Promise.resolve()
      // A start that failed may be tried again: a network comes back.
      starting ??= start()
        .then(started)
        .catch((error) => {
          starting = undefined
          throw error
        })
      return starting
    },

    ask(call, ...texts) {
      let cause
      for (let tries = 2; tries > 0; tries -= 1) {
        try {
          instance ??= instanceOf(make())
          return instance[call](...texts)
        } catch (error) {
          instance = undefined
          cause = error
        }
      }
      throw rulesBroken(cause)
    }
  }
}

/** @param {(module: unknown) => Promise<Maker>} start - fetches what is needed when no module is given */
// @__NO_SIDE_EFFECTS__
export function initOf(rules, start) {
  return (options = {}) => {
    if (options === null || typeof options !== 'object') {
      return Promise.reject(fault(`init(options): expected an object, found ${kindOf(options)}`))
    }
    return rules.begin(() => start(options.module))
  }
}

/** @param {(module: unknown) => Maker} startSync - the same at once */
// @__NO_SIDE_EFFECTS__
export function initSyncOf(rules, startSync) {
  return (options = {}) => {
    if (rules.isStarted()) return
    if (options === null || typeof options !== 'object') {
      throw fault(`initSync(options): expected an object, found ${kindOf(options)}`)
    }
    rules.started(startSync(options.module))
  }
}

/** Throws while nothing has been started. */
export function expectStarted({ isStarted }, call) {
  if (!isStarted()) throw fault(`${call}: expected init() or initSync() to have finished before, found neither`)
}

const reportOn = ({ ask }, call) => new Fields(ask('check', call)).report()

/** `check` as it was promised to everybody. */
// @__NO_SIDE_EFFECTS__
export function checkOf(rules) {
  const shapes = { ...HOSTS_SHAPES, fields: fieldsShape() }
  return (form, answers, options) => {
    expectStarted(rules, 'check(form, answers, options)')
    if (typeof form !== 'string') throw fault(`check(form, answers, options): expected the id of a form, found ${kindOf(form)}`)
    const fill = answersOf(answers)
    return reportOn(rules, packCall(form, saidBy(options, shapes), fill))
  }
}

/**
 * The same for the component on a page, which has started the rules and has the answers in pairs. It has looked at its settings before, so that
 * only those are looked at which it passes on unseen.
 */
// @__NO_SIDE_EFFECTS__
export function checkPairsOf(rules) {
  return (form, pairs, options) => {
    expectShapes(options, HOSTS_SHAPES)
    return reportOn(rules, packCall(form, options, (fields) => {
      fields.push('')
      // What a page finds in its controls are texts.
      packPairs(pairs, fields, String)
    }))
  }
}

/**
 * @param {() => Record<string, Record<string, string>>} kinds - by language and id the names of kinds, which the rules leave out: no page
 *   shows them
 */
// @__NO_SIDE_EFFECTS__
export function checkOdsCodeOf(rules, kinds) {
  let names
  return (text, options) => {
    expectStarted(rules, 'checkOdsCode(text, options)')
    if (typeof text !== 'string') throw fault(`checkOdsCode(text, options): expected a text, found ${kindOf(text)}`)
    const fields = new Fields(rules.ask('checkOdsCode', capped(text), packOdsOptions(options)))
    names ??= kinds()
    return odsCheckIn(fields, (id) => names[options?.language || 'en'][id] ?? names.en[id])
  }
}
