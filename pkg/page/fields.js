// Which controls of the page answer which question? By attribute, by the configuration, or by their own names.

import { attribute, closest, contains, controlsAt, controlsOf, faceOf, findAll, isAnswerable, isOpen, isTicked, labelsIn, rootOf } from './elements.js'
import { grouped } from './grouped.js'
import { placeOf } from './groups.js'
import { labelOf } from './labels.js'

const FIELD = 'data-ncrs-field'
const PARTS = ['day', 'month', 'year']
const PART_ENDING = /\.(day|month|year)$/

/** `sites[0].ods_code` for every row: `sites[].ods_code`. */
export const forEveryRow = (question) => question.replace(/\[\d+\]/g, '[]')

/** The name under which the rules know a question of rows, whichever row it is of. */
export const inFirstRow = (question) => forEveryRow(question).replace(/\[\]/g, '[0]')

/** The list a question of rows belongs to, like `sites[]`. */
const listOf = (question) => /^.*?\[\]/.exec(question)?.[0]

/** The number of the row that a question names, from 0. */
export const rowOf = (question) => {
  const row = /\[(\d+)\]/.exec(question)
  return row ? Number(row[1]) : undefined
}

/** A question as its controls may name it: with the mark of a list, or of a part of a date. */
function questionOfName(name) {
  return name.replace(PART_ENDING, '').replace(/(.)\[\d*\]$/, '$1')
}

/** What is found out once for all the questions of one look at the page. */
class Look {
  #root
  #labels

  constructor(root, controls) {
    this.#root = root
    // A form lists its controls in document order; to compare two nodes would cost as much as there are nodes between them.
    this.order = new Map(controls.map((control, at) => [control, at]))
  }

  get labels() {
    this.#labels ??= labelsIn(this.#root)
    return this.#labels
  }
}

/** One question on the page, as it stands there now. */
class Field {
  #place

  constructor({ question, spec, by, controls, parts, look }) {
    this.question = question
    this.spec = spec
    this.by = by
    this.look = look
    /** In document order. */
    this.controls = [...new Set(controls)].sort((one, other) => look.order.get(one) - look.order.get(other))
    /** Of a date in parts: each part's control. */
    this.parts = parts
    // A text question has one box: what else is in a group that was marked is no part of it.
    if (!parts && this.controls.length > 1 && !this.controls.every((control) => isTicked(control))) {
      const sameName = this.controls.filter((control) => control.name !== '' && control.name === this.controls[0].name)
      const ticked = this.controls.filter(isTicked)
      this.controls = ticked.length > 0 ? ticked : sameName.length > 0 ? sameName : [this.controls[0]]
    }
  }

  /** The place of the question in the order of the page. */
  get rank() {
    return this.look.order.get(this.controls[0])
  }

  /** Radios, checkboxes and dates in parts stand in a group of their own. */
  get isGroup() {
    return this.parts !== undefined || this.controls.every(isTicked)
  }

  /** Controls in which a person can answer now. */
  get open() {
    return this.controls.filter(isOpen)
  }

  /** Where the question stands: looked at once, for a field lives no longer than one look at the page. */
  get place() {
    this.#place ??= placeOf(this)
    return this.#place
  }

  label(words) {
    return this.spec.label ?? labelOf(this, words)
  }

  /** What a person can reach of the controls that a finding is about. */
  targets(parts) {
    if (!this.parts) return this.open.map(faceOf)
    const named = this.controls.filter((control) => isOpen(control) && (parts ?? PARTS).some((part) => this.parts[part] === control))
    return named.length > 0 ? named : this.open
  }
}

/** The part of a date that a control is for, by what the page calls it. */
function partOf(control) {
  const called = `${control.name} ${control.id} ${control.getAttribute('autocomplete') ?? ''} ${control.getAttribute('aria-label') ?? ''}`.toLowerCase()
  const found = [/day|\bdd\b|\(3i\)/, /month|\bmm\b|\(2i\)/, /year|yyyy|\(1i\)/].findIndex((sign) => sign.test(called))
  return PARTS[found]
}

/** Three boxes or lists are the parts of a date: as they are called, else day, month and year as they follow each other. */
function dateParts(controls) {
  if (controls.length !== 3 || controls.some(isTicked)) return undefined
  const called = controls.map(partOf)
  const names = new Set(called).size === 3 && !called.includes(undefined) ? called : PARTS
  return Object.fromEntries(names.map((name, at) => [name, controls[at]]))
}

const escapedForPattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `sites[*][ods]` as a pattern that catches what the star stands for. */
const starPattern = (text) => new RegExp(`^${text.split('*').map(escapedForPattern).join('(.+?)')}$`, 's')

/** Which of these attributes hold a star, so that a selector can be matched without building one from a name. */
const STARRED_ID = /^#(\S*\*\S*)$/
const STARRED_ATTRIBUTE = /^\[([\w-]+)="([^"]*\*[^"]*)"\]$/

/**
 * The controls of one pattern, each with what its star stands for.
 *
 * @param {Element[]} controls of the form
 */
function starred(controls, where, fault) {
  if ('name' in where) return caught(controls, (control) => control.name, where.name)
  const id = STARRED_ID.exec(where.selector)
  if (id) return caught(controls, (control) => control.id, id[1])
  const named = STARRED_ATTRIBUTE.exec(where.selector)
  if (named) return caught(controls, (control) => control.getAttribute(named[1]) ?? '', named[2])
  throw fault(`fields: expected a selector with * to be #id or [attribute="text"], found ${JSON.stringify(where.selector)}`)
}

function caught(controls, textOf, text) {
  const pattern = starPattern(text)
  return controls.flatMap((control) => {
    const [, star] = pattern.exec(textOf(control)) ?? []
    return star === undefined ? [] : [{ control, star }]
  })
}

/** The patterns of a field of rows, by the part of a date they find, or under `whole`. */
function patternsOf(spec) {
  if (spec.namePattern !== undefined) return { whole: { name: spec.namePattern } }
  if (spec.names) return mapped(spec.names, (name) => ({ name }))
  if (spec.selectors) return mapped(spec.selectors, (selector) => ({ selector }))
  if (spec.selector?.includes('*')) return { whole: { selector: spec.selector } }
  if (spec.name?.includes('*')) return { whole: { name: spec.name } }
  return undefined
}

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))

/**
 * Finds the controls of every question.
 *
 * @param {object} page
 * @param {HTMLFormElement} page.form
 * @param {Record<string, object>} page.specs `config.fields`
 * @param {(names: string[]) => Set<string>} page.known which of these names the rules know
 * @param {(what: string) => Error} page.fault
 * @returns {{ fields: Field[], notFound: string[], unmapped: string[] }}
 */
export function fieldsOf({ form, specs, known, fault }) {
  const root = rootOf(form)
  const controls = controlsOf(form).filter(isAnswerable)
  const look = new Look(root, controls)
  const { order } = look
  const taken = new Set()
  const fields = new Map()
  const notFound = []
  const named = grouped(controls, (control) => control.name)
  const byName = (name) => named.get(name) ?? []

  const specOf = (question) => (Object.hasOwn(specs, question) ? specs[question] : specs[forEveryRow(question)]) ?? {}
  const add = (question, by, controls, parts, spec = specOf(question)) => {
    if (fields.has(question) || controls.length === 0) return
    // One radio stands for its group: both design systems give the first the id that the group is known by.
    const [first] = controls
    if (controls.length === 1 && first.type === 'radio' && first.name !== '') controls = byName(first.name).filter(({ type }) => type === 'radio')
    const field = new Field({ question, spec, by, controls, parts, look })
    fields.set(question, field)
    for (const control of field.controls) taken.add(control)
  }
  const addDate = (question, by, parts, spec) => {
    const present = Object.entries(parts).filter(([, control]) => control !== undefined)
    // A date of which a part is nowhere on the page could never be put right.
    if (present.length < PARTS.length) {
      if (present.length > 0 && !notFound.includes(question)) notFound.push(question)
      return
    }
    add(question, by, present.map(([, control]) => control), Object.fromEntries(present), spec)
  }
  const bySelector = (selector) => {
    let found
    try {
      found = findAll(root, selector)
    } catch {
      throw fault(`fields: expected a selector, found ${JSON.stringify(selector)}`)
    }
    return controlsAt(found, form, controls)
  }

  // What a page says itself counts before what its configuration says.
  const marked = new Map()
  for (const control of controls) {
    const mark = closest(control, `[${FIELD}]`)
    if (mark === null || mark === form || (contains(mark, form) && mark !== control)) continue
    const name = attribute(mark, FIELD).trim()
    if (name === '') continue
    const [, part] = PART_ENDING.exec(name) ?? []
    const question = part ? name.replace(PART_ENDING, '') : name
    if (!marked.has(question)) marked.set(question, { controls: [], parts: {} })
    if (part) marked.get(question).parts[part] = control
    else marked.get(question).controls.push(control)
  }
  for (const [question, { controls, parts }] of marked) {
    if (controls.length === 0) addDate(question, 'attribute', parts)
    else {
      const own = besideFirst(controls)
      add(question, 'attribute', own, dateParts(own))
    }
  }

  const ranks = new Map()
  for (const [key, spec] of Object.entries(specs)) {
    const list = listOf(key)
    const patterns = list === undefined ? undefined : patternsOf(spec)
    if (patterns) {
      const found = Object.entries(patterns).flatMap(([part, where]) => starred(controls, where, fault).map((row) => ({ part, ...row })))
      if (!ranks.has(list)) ranks.set(list, [])
      ranks.get(list).push({ key, spec, found })
      if (found.length === 0) notFound.push(key)
      continue
    }
    if (marked.has(key)) continue
    const date = spec.names ? mapped(spec.names, (name) => byName(name)[0]) : spec.selectors && mapped(spec.selectors, (selector) => bySelector(selector)[0])
    if (date) addDate(key, 'config', date, spec)
    else if (spec.selector !== undefined) {
      const found = bySelector(spec.selector)
      add(key, 'config', found, spec.selector.includes(',') || found.length === 3 ? dateParts(found) : undefined, spec)
    } else if (spec.name !== undefined) add(key, 'config', byName(spec.name), undefined, spec)
    else {
      addDate(key, 'name', mapped({ day: 'day', month: 'month', year: 'year' }, (part) => byName(`${key}.${part}`)[0]), spec)
      add(key, 'name', [...byName(key), ...byName(`${key}[]`)], undefined, spec)
    }
    if (!fields.has(key) && list === undefined && !notFound.includes(key)) notFound.push(key)
  }

  // A row is what its star stands for; the rows of a list are counted as they first stand in the page, over all its questions.
  for (const questions of ranks.values()) {
    const stars = questions.flatMap(({ found }) => found).sort((one, other) => order.get(one.control) - order.get(other.control))
    const rank = new Map([...new Set(stars.map(({ star }) => star))].map((star, at) => [star, at]))
    for (const { key, spec, found } of questions) {
      for (const [star, ofRow] of grouped(found, ({ star }) => star)) {
        const question = key.replace('[]', `[${rank.get(star)}]`)
        if (marked.has(question) || Object.hasOwn(specs, question)) continue
        const [{ part }] = ofRow
        if (part === 'whole') add(question, 'config', ofRow.map(({ control }) => control), undefined, spec)
        else addDate(question, 'config', Object.fromEntries(ofRow.map(({ part, control }) => [part, control])), spec)
      }
    }
  }

  const free = controls.filter((control) => !taken.has(control) && control.name !== '')
  const names = [...new Set(free.map((control) => control.name))]
  const isKnown = known([...names, ...names.map(questionOfName)])
  for (const [question, ofQuestion] of grouped(free, (control) => questionOfName(control.name))) {
    const key = forEveryRow(question)
    const isHost = listOf(key) !== undefined && Object.hasOwn(specs, key)
    const answering = ofQuestion.filter((control) => isHost || (isKnown.has(control.name) && isKnown.has(question)))
    const parts = Object.fromEntries(
      answering.flatMap((control) => {
        const [, part] = PART_ENDING.exec(control.name) ?? []
        return part ? [[part, control]] : []
      })
    )
    if (Object.keys(parts).length > 0) addDate(question, 'name', parts)
    else add(question, 'name', answering)
  }

  const found = new Set([...fields.keys()].flatMap((question) => [question, forEveryRow(question)]))
  for (const key of Object.keys(specs)) if (!found.has(key) && !notFound.includes(key)) notFound.push(key)
  return {
    fields: [...fields.values()].sort((one, other) => one.rank - other.rank),
    notFound,
    unmapped: [...new Set(controls.filter((control) => !taken.has(control) && control.name !== '').map((control) => control.name))]
  }
}

/** The controls of a marked group that are not of a question further in, as in a reveal or a fieldset of its own. */
function besideFirst(controls) {
  const homeOf = (control) => closest(control, `fieldset, [class*="__conditional"], [${FIELD}]`)
  const home = homeOf(controls[0])
  return isTicked(controls[0]) ? controls.filter((control) => homeOf(control) === home) : controls
}

/** A field for controls that nobody mapped: what a server's error speaks of. */
export function fieldAround(question, found, controls) {
  return new Field({ question, spec: {}, by: 'selector', controls: found, parts: dateParts(found), look: new Look(rootOf(found[0]), controls) })
}
