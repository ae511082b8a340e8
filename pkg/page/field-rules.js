// What are the rules told of the fields of this page: their kinds, words, conditions and bounds?

import { meaning } from './answers.js'
import { forEveryRow } from './fields.js'
import { wordsOfOption } from './labels.js'
import { misfit } from './misfit.js'
import { wordsIn } from './words.js'

/**
 * The rules of fields, under the names that the rules know or the page gave; nothing where the page says nothing.
 *
 * @param {object} settings of the component
 * @param {object[]} mapped every field that is on the page: a condition may read one that is closed
 * @param {Iterable<object>} open those that are judged
 * @param {(question: string) => boolean} isKnown
 */
export function fieldRules(settings, mapped, open, isKnown) {
  const fixed = wordsIn(settings.language)
  const rules = new Map()
  const specOf = new Map(mapped.map(({ question, spec }) => [forEveryRow(question), spec]))
  const isThere = (name) => specOf.has(forEveryRow(name))
  const closed = new Set()
  for (const field of open) {
    const { question, spec } = field
    const known = isKnown(question)
    const words = known ? spec.label : field.label(fixed)
    const general = forEveryRow(question)
    let key = Object.hasOwn(settings.fields, question) ? question : general
    // Rows may each have words of their own.
    if (rules.has(key) && rules.get(key).label !== words) key = question
    if (rules.has(key)) continue
    const { kind, required, when, maxCharacters, mustBe, min, max, exclusive } = spec
    if (!known && kind === undefined) throw misfit(field.by === 'attribute' ? `data-ncrs-field=${JSON.stringify(question)}` : `config.fields[${JSON.stringify(general)}]`, `a question of ${settings.form}, or a kind in config.fields for a field of your own`, 'neither')
    const read = when && isThere(when.field) ? forEveryRow(when.field) : undefined
    const rule = {
      kind: known ? undefined : kind,
      label: words,
      required,
      // A part of a condition that reads what is not asked counts as true.
      when: read === undefined ? undefined : { field: when.field, is: [when.is].flat().map((text) => meaning(text, specOf.get(read))) },
      maxCharacters,
      mustBe,
      min,
      max,
      ...(exclusive !== undefined && { exclusive: meaning(exclusive, spec), exclusiveLabel: wordsOfOption(field, exclusive) })
    }
    // A condition may read a field of the page that is closed now, and so is blank.
    if (read !== undefined && !isKnown(read) && !rules.has(read)) closed.add(read)
    if (!known || Object.values(rule).some((given) => given !== undefined)) rules.set(key, rule)
  }
  for (const key of closed) {
    const isSaid = [...rules.keys()].some((said) => forEveryRow(said) === key)
    if (!isSaid) rules.set(key, { kind: specOf.get(key).kind })
  }
  return rules.size > 0 ? Object.fromEntries(rules) : undefined
}
