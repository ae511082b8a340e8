// Does `checkOdsCode` decide every row of the decision tables as they say?
//
// Runs wherever the package does: takes the package and the text of the tables, touches neither files nor pages.

/** What each row needs, by the name its table gives it. */
export const tables = ['cases.tsv', 'parent-cases.tsv']

/**
 * @param {{ checkOdsCode: Function }} api
 * @param {Record<string, string>} texts the tables by name
 * @returns {{ checked: number, failures: string[] }}
 */
export function decisions(api, texts) {
  const failures = []
  let checked = 0
  for (const name of tables) {
    for (const row of rowsOf(texts[name])) {
      checked += 1
      const { kinds, findings, ...rest } = api.checkOdsCode(JSON.parse(row.input), optionsOf(row))
      const found = JSON.stringify({ ...rest, kinds: kinds.map(({ id }) => id), rules: findings.map(({ rule }) => rule) }, inOrder)
      const expected = JSON.stringify(expectationOf(row), inOrder)
      if (found !== expected) failures.push(`${name}, ${row.input} ${JSON.stringify(optionsOf(row))} (${row.why}):\n  expected ${expected}\n  found    ${found}`)
    }
  }
  return { checked, failures }
}

/** The lines of a table as objects, by its first line. */
export function rowsOf(text) {
  const [first, ...lines] = text.split('\n').filter((line) => line !== '')
  const names = first.split('\t')
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [names[index], cell])))
}

export function optionsOf(row) {
  const options = { box: row.box }
  if (row.organisation_type !== '') options.organisationType = row.organisation_type
  if (row.parent !== undefined) options.parent = JSON.parse(row.parent)
  return options
}

function expectationOf(row) {
  const words = (cell) => (cell === '' ? [] : cell.split(' '))
  const expected = { verdict: row.verdict, code: row.code || null, kinds: words(row.kinds), tidied: row.tidied === 'true', rules: words(row.rules) }
  // An absent suggestion is an absent key.
  if (row.suggestion !== '') expected.suggestion = row.suggestion
  return expected
}

/** Objects are compared by what they hold; the order of their keys has a test of its own. */
function inOrder(_key, value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
