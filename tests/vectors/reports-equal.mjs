// Is every report the one that the crate gives natively, byte for byte?

/** Makes the calls of tests/golden/reports.json, which the native tests wrote, and compares. */
export function reportsEqual(api, calls) {
  const failures = []
  const all = JSON.parse(calls)
  all.forEach(({ form, answers, options, report }, at) => {
    const told = JSON.stringify(api.check(form, answers, options))
    if (told !== report) {
      let from = 0
      while (told[from] === report[from]) from += 1
      const near = (text) => text.slice(Math.max(0, from - 60), from + 60)
      failures.push(`call ${at} (${form}): natively ${near(report)} and here ${near(told)}`)
    }
  })
  return { checked: all.length, failures }
}

/** What a submission expects, in its own words: findings, sections and progress. */
export function submissions(api, ...texts) {
  const failures = []
  for (const text of texts) {
    const { id, form = 'ncrs-onboarding', as_of: today, submission, expect } = JSON.parse(text)
    const report = api.check(form, submission, { today })
    const left = new Set(expect.not_covered)
    const found = {
      outcome: report.outcome,
      findings: report.findings.filter(({ rule }) => !left.has(rule)).map(({ rule, question }) => ({ rule, question })),
      sections: Object.fromEntries(report.sections.map(({ id: section, status }) => [section, status])),
      progress: report.progress,
      dspt: report.dspt,
      unknown: report.unknown
    }
    for (const [key, value] of Object.entries(found)) {
      if (JSON.stringify(value) !== JSON.stringify(expect[key])) {
        failures.push(`${id} ${key}: expected ${JSON.stringify(expect[key])}, found ${JSON.stringify(value)}`)
      }
    }
  }
  return { checked: texts.length, failures }
}

/** Every row of the table of DSPT declarations: outcome, rules, and the day until which it is in force. */
export function declarations(api, table, columns) {
  const failures = []
  const [header, ...rows] = table.trimEnd().split('\n').map((line) => line.split('\t'))
  for (const row of rows) {
    const cell = (name) => row[header.indexOf(name)] ?? ''
    const pairs = Object.entries(JSON.parse(columns)).map(([column, question]) => [question, cell(column)])
    const report = api.check('dspt-declaration', pairs, { today: cell('check_date'), policy: cell('policy') })
    const ours = report.findings.filter(({ rule }) => rule.startsWith('DSPT-'))
    const has = (severity) => ours.some((finding) => finding.severity === severity)
    const found = [
      has('error') ? 'error' : has('warning') ? 'warning' : 'pass',
      [...new Set(ours.map(({ rule }) => rule))].sort().join(' ') || '-',
      report.dspt?.valid_until ?? '-'
    ].join(', ')
    const rules = cell('expected_rules').split(/[ ,;]+/).join(' ')
    const expected = [cell('expected_outcome'), rules, cell('expected_valid_until')].join(', ')
    if (found !== expected) failures.push(`${cell('id')}: expected ${expected}, found ${found}`)
  }
  return { checked: rows.length, failures }
}
