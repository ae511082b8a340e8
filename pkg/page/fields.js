// Which controls of the page answer which question? By attribute, by the configuration, or by their own names.

import { attribute, closest, contains, controlsAt, controlsOf, faceOf, findAll, isAnswerable, isOpen, isTicked, labelsIn, rootOf } from './elements.js'
import { grouped } from './grouped.js'
import { placeOf } from './groups.js'
import { labelOf } from './labels.js'
import { misfit } from './misfit.js'

const FIELD = 'data-ncrs-field'
const PARTS = ['day', 'month', 'year']
const PART_ENDING = /\.(day|month|year)$/

/** `sites[0].ods_code` for every row: `sites[].ods_code`. */
export const forEveryRow = (question) => question.replace(/\[\d+\]/g, '[]')

/** The name under which the rules know a question of rows, whichever row it is of. */
export const inFirstRow = (question) => forEveryRow(question).replace(/\[\]/g, '[0]')

/** The name among these of a page under which a question stands, by itself or for every row. */
export const keyIn = (named, question) => [question, forEveryRow(question)].find((key) => Object.hasOwn(named, key))

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

/**
 * What is found out once for all the questions of one look at the page.
 *
 * A form lists its controls in document order; to compare two nodes would cost as much as there are nodes between them.
 */
function lookAt(root, controls) {
  let labels
  return {
    order: new Map(controls.map((control, at) => [control, at])),
    labels: () => (labels ??= labelsIn(root))
  }
}

/** One question on the page, as it stands there now: its controls in document order, and of a date in parts each part's control. */
function fieldAt(question, spec, by, found, parts, look) {
  const rankOf = (control) => look.order.get(control)
  const sorted = [...new Set(found)].sort((one, other) => rankOf(one) - rankOf(other))
  const controls = parts ? sorted : ofOneKind(sorted)
  const openNow = (among = controls) => among.filter(isOpen)
  let place
  const field = {
    question,
    spec,
    by,
    controls,
    parts,
    look,
    /** The place of the question in the order of the page. */
    rank: rankOf(controls[0]),
    /** Radios, checkboxes and dates in parts stand in a group of their own. */
    isGroup: parts !== undefined || isTicked(controls[0]),
    /** Controls in which a person can answer now. */
    open: openNow,
    /** Where the question stands: looked at once, for a field lives no longer than one look at the page. */
    get place() {
      return (place ??= placeOf(field))
    },
    label: (words) => spec.label ?? labelOf(field, words),
    /** What a person can reach of the controls that a finding is about. */
    targets(about = PARTS) {
      if (!parts) return openNow().map(faceOf)
      const named = openNow(controls.filter((control) => about.some((part) => parts[part] === control)))
      return named.length > 0 ? named : openNow()
    }
  }
  return field
}

/** Nothing but radios and checkboxes, or one box: what else is in a group that was marked is no part of a text question. */
function ofOneKind(controls) {
  const ticked = controls.filter(isTicked)
  if (ticked.length > 0) return ticked
  const [first] = controls
  return controls.filter((control) => control === first || (first.name !== '' && control.name === first.name))
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
function starred(controls, where) {
  if ('name' in where) return caught(controls, (control) => control.name, where.name)
  const id = STARRED_ID.exec(where.selector)
  if (id) return caught(controls, (control) => control.id, id[1])
  const named = STARRED_ATTRIBUTE.exec(where.selector)
  if (named) return caught(controls, (control) => control.getAttribute(named[1]) ?? '', named[2])
  throw misfit('fields', 'a selector with * to be #id or [attribute="text"]', JSON.stringify(where.selector))
}

function caught(controls, textOf, text) {
  const pattern = starPattern(text)
  return controls.flatMap((control) => {
    const [, star] = pattern.exec(textOf(control)) ?? []
    return star === undefined ? [] : [{ control, star }]
  })
}

/** Where the configuration says that the controls of a field are: by the part of a date that they are, or under `whole`. */
function placesOf({ namePattern, names, selectors, selector, name }, isOfRows) {
  if (isOfRows && namePattern !== undefined) return { whole: { name: namePattern } }
  if (names) return mapped(names, (name) => ({ name }))
  if (selectors) return mapped(selectors, (selector) => ({ selector }))
  if (selector !== undefined) return { whole: { selector } }
  return name === undefined ? undefined : { whole: { name } }
}

const byPart = (found) => Object.fromEntries(found.map(({ part, control }) => [part, control]))

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))

/**
 * Finds the controls of every question.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, object>} specs `config.fields`
 * @param {(names: string[]) => Set<string>} known which of these names the rules know
 * @returns {{ fields: object[], notFound: string[], unmapped: string[] }}
 */
export function fieldsOf(form, specs, known) {
  const root = rootOf(form)
  const controls = controlsOf(form).filter(isAnswerable)
  const look = lookAt(root, controls)
  const { order } = look
  const taken = new Set()
  const fields = new Map()
  const notFound = new Set()
  const named = grouped(controls, (control) => control.name)
  const byName = (name) => named.get(name) ?? []

  const specOf = (question) => {
    const key = keyIn(specs, question)
    return key === undefined ? {} : specs[key]
  }
  const add = (question, by, controls, parts, spec = specOf(question)) => {
    if (fields.has(question) || controls.length === 0) return
    // One radio stands for its group: both design systems give the first the id that the group is known by.
    const [first] = controls
    if (controls.length === 1 && first.type === 'radio' && first.name !== '') controls = byName(first.name).filter(({ type }) => type === 'radio')
    const field = fieldAt(question, spec, by, controls, parts, look)
    fields.set(question, field)
    for (const control of field.controls) taken.add(control)
  }
  const addDate = (question, by, parts, spec) => {
    const present = Object.entries(parts).filter(([, control]) => control !== undefined)
    // A date of which a part is nowhere on the page could never be put right.
    if (present.length < PARTS.length) {
      if (present.length > 0) notFound.add(question)
      return
    }
    add(question, by, present.map(([, control]) => control), Object.fromEntries(present), spec)
  }
  const at = ({ name, selector }) => {
    if (selector === undefined) return byName(name)
    let found
    try {
      found = findAll(root, selector)
    } catch {
      throw misfit('fields', 'a selector', JSON.stringify(selector))
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
    const question = name.replace(PART_ENDING, '')
    if (!marked.has(question)) marked.set(question, { controls: [], parts: {} })
    const mine = marked.get(question)
    if (part) mine.parts[part] = control
    else mine.controls.push(control)
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
    const isOfRows = list !== undefined
    const places = placesOf(spec, isOfRows)
    if (places && isOfRows) {
      const found = Object.entries(places).flatMap(([part, where]) => starred(controls, where).map((row) => ({ part, ...row })))
      if (!ranks.has(list)) ranks.set(list, [])
      ranks.get(list).push({ key, spec, found })
      if (found.length === 0) notFound.add(key)
      continue
    }
    if (marked.has(key)) continue
    if (places?.whole) {
      const { selector } = places.whole
      const found = at(places.whole)
      add(key, 'config', found, selector?.includes(',') || (selector && found.length === 3) ? dateParts(found) : undefined, spec)
    } else if (places) addDate(key, 'config', mapped(places, (place) => at(place)[0]), spec)
    else {
      addDate(key, 'name', Object.fromEntries(PARTS.map((part) => [part, byName(`${key}.${part}`)[0]])), spec)
      add(key, 'name', [...byName(key), ...byName(`${key}[]`)], undefined, spec)
    }
    if (!fields.has(key) && !isOfRows) notFound.add(key)
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
        else addDate(question, 'config', byPart(ofRow), spec)
      }
    }
  }

  const unclaimed = () => controls.filter((control) => !taken.has(control) && control.name !== '')
  const namesOf = (of) => [...new Set(of.map(({ name }) => name))]
  const free = unclaimed()
  const names = namesOf(free)
  const isKnown = known([...names, ...names.map(questionOfName)])
  for (const [question, ofQuestion] of grouped(free, (control) => questionOfName(control.name))) {
    const key = forEveryRow(question)
    const isHost = listOf(key) !== undefined && Object.hasOwn(specs, key)
    const answering = ofQuestion.filter((control) => isHost || (isKnown.has(control.name) && isKnown.has(question)))
    const ofParts = answering.map((control) => ({ control, part: PART_ENDING.exec(control.name)?.[1] })).filter(({ part }) => part)
    if (ofParts.length > 0) addDate(question, 'name', byPart(ofParts))
    else add(question, 'name', answering)
  }

  const found = new Set([...fields.keys()].flatMap((question) => [question, forEveryRow(question)]))
  for (const key of Object.keys(specs)) if (!found.has(key)) notFound.add(key)
  return {
    fields: [...fields.values()].sort((one, other) => one.rank - other.rank),
    notFound: [...notFound],
    unmapped: namesOf(unclaimed())
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
  return fieldAt(question, {}, 'selector', found, dateParts(found), lookAt(rootOf(found[0]), controls))
}
