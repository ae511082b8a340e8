// Which rules are there, and how fresh are the tables? Read from what the build wrote of the same crate.

import { rules as allRules, tables as allTables } from './wasm/catalogue.js'
import { fault, kindOf } from './boundary.js'

/**
 * The public functions over what was written. Each gives a copy, which the caller may change.
 *
 * @param {(call: string) => void} expectStarted - throws while nothing has been started
 */
export function catalogueOf(expectStarted) {
  return {
    rules() {
      expectStarted('rules()')
      return structuredClone(allRules)
    },

    tables(options = {}) {
      expectStarted('tables()')
      const today = options?.today
      if (today === undefined) return structuredClone(allTables)
      if (typeof today !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
        throw fault(`options.today: expected a day written YYYY-MM-DD, found ${kindOf(today)}`)
      }
      // Days that are written so compare as texts.
      return allTables.map((table) => ({ ...structuredClone(table), due: table.due_from !== null && table.due_from <= today }))
    }
  }
}
