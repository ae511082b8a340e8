// What do real codes get? The numbers are exact: one that moves is a decision.

import { rowsOf } from './decisions.mjs'

/** The files that the counts speak of, by name. */
export function filesOf(counts) {
  return [...new Set(rowsOf(counts).map(({ file }) => file))]
}

/**
 * @param {{ checkOdsCode: Function }} api
 * @param {string} counts the text of real-counts.tsv
 * @param {Record<string, string>} texts the lists of codes by file name
 * @returns {{ checked: number, failures: string[] }}
 */
export function realCodes(api, counts, texts) {
  const failures = []
  let checked = 0
  for (const row of rowsOf(counts)) {
    const codes = texts[row.file].split('\n')
    if (codes.pop() !== '') failures.push(`${row.file} does not end with a line end`)
    const verdicts = { plausible: 0, unusual: 0, retired: 0, impossible: 0 }
    const rules = {}
    const impossible = []
    for (const code of codes) {
      const check = api.checkOdsCode(code, row.box === 'ods' ? undefined : { box: row.box })
      verdicts[check.verdict] = (verdicts[check.verdict] ?? 0) + 1
      for (const { rule } of check.findings) rules[rule] = (rules[rule] ?? 0) + 1
      if (check.verdict === 'impossible') impossible.push(code)
    }
    checked += codes.length
    const found = {
      codes: String(codes.length),
      ...Object.fromEntries(Object.entries(verdicts).map(([verdict, count]) => [verdict, String(count)])),
      rules: Object.entries(rules)
        .sort()
        .map(([rule, count]) => `${rule}=${count}`)
        .join(' ')
    }
    for (const [column, value] of Object.entries(found)) {
      if (row[column] !== value) {
        const which = column === 'impossible' ? ` (such as ${impossible.slice(0, 5).join(', ')})` : ''
        failures.push(`${row.file}, box ${row.box}: ${column} should be \`${row[column]}\` and is \`${value}\`${which}`)
      }
    }
  }
  return { checked, failures }
}
