// Which rules are there, and how fresh are the tables? Read from what the build wrote of the same crate.

import { rules as allRules, tables as allTables } from './wasm/catalogue.js'
import { fault, kindOf } from './boundary.js'

/** A copy that the caller may change. */
const copied = (rows) => structuredClone(rows)

/** Every rule, current or retired. */
export const rules = () => copied(allRules)

/** Every table; with a day, each says whether it is due for a check on it. */
export function tables(options = {}) {
  const today = options?.today
  if (today === undefined) return copied(allTables)
  if (typeof today !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    throw fault(`options.today: expected a day written YYYY-MM-DD, found ${typeof today === 'string' ? 'another string' : kindOf(today)}`)
  }
  // Days that are written so compare as texts.
  return allTables.map((table) => ({ ...structuredClone(table), due: table.due_from !== null && table.due_from <= today }))
}
