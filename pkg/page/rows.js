// What tells findings apart that are of different rows and would read the same?

import { rowOf } from './fields.js'
import { grouped } from './grouped.js'
import { legendOfRow } from './labels.js'

/** The words of each finding; where two would read the same, each begins with what tells its row apart. */
export function told(found, words) {
  const messages = found.map(({ finding }) => finding.message)
  for (const places of grouped([...messages.keys()], (at) => messages[at]).values()) {
    const ofRows = places.filter((at) => rowOf(found[at].finding.question) !== undefined && found[at].field)
    if (places.length < 2 || ofRows.length === 0) continue
    const legends = ofRows.map((at) => legendOfRow(found[at].field))
    const areTold = !legends.includes('') && new Set(legends).size === legends.length
    ofRows.forEach((at, which) => {
      messages[at] = (areTold ? `${legends[which]}: ` : words.row(rowOf(found[at].finding.question) + 1)) + messages[at]
    })
  }
  return messages
}
