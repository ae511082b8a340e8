// Which rules are there, and how fresh are the tables? Read from what the build wrote of the same crate.

import { expectStarted, fault, kindOf } from './boundary.js'

/**
 * The public functions over what was written. What they give is made at each call, so the caller may change it.
 *
 * @param {{ rules: () => object[], tables: () => object[] }} written - from `wasm/catalogue.js`
 * @param {{ isStarted: () => boolean }} core
 */
export function catalogueOf(written, core) {
  return {
    rules() {
      expectStarted(core, 'rules()')
      return written.rules()
    },

    tables(options = {}) {
      expectStarted(core, 'tables()')
      const today = options?.today
      if (today === undefined) return written.tables()
      if (typeof today !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
        throw fault(`options.today: expected a day written YYYY-MM-DD, found ${kindOf(today)}`)
      }
      // Days that are written so compare as texts.
      return written.tables().map((table) => ({ ...table, due: table.due_from !== null && table.due_from <= today }))
    }
  }
}
