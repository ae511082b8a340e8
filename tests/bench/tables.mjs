// How are the times shown, and which budgets do they meet?

import { peers } from './bundle.mjs'

const titles = { node: 'Node', chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' }
const wholeForms = (host) => Object.keys(host.peers).filter((what) => what.startsWith('whole form'))

/** What ours may take, as ratios of one run. The worst host and form count. */
export function budgets(hosts, presses) {
  const browsers = Object.entries(hosts).filter(([name]) => name !== 'node')
  const judged = browsers.length > 0 ? browsers : Object.entries(hosts)
  const held = []
  const hold = (what, budget, aim, measured) => {
    const [where, worst] = measured.reduce((a, b) => (b[1] > a[1] ? b : a))
    held.push({ what, budget, aim, where, worst, met: worst <= budget })
  }
  const against = (theirs) =>
    judged.flatMap(([name, host]) => wholeForms(host).map((what) => [`${titles[name]}, ${what.replace('whole form, ', '')}`, host.peers[what][theirs].ours]))
  hold('whole form, against Zod 4', 1.0, 0.5, against(peers.zod))
  hold('whole form, against Valibot', 1.5, 1.0, against(peers.valibot))
  hold('whole form, against Ajv, compiled ahead', 1.5, 1.0, against(peers.ajv))
  hold('first check of a fresh page, against Zod 4', 1.0, 0.7, judged.map(([name, { first }]) => [titles[name], first[peers.zod].ours]))
  hold('a row of 10,000, against a row of 100', 1.2, undefined, Object.entries(hosts).map(([name, { ours }]) => [titles[name], ours.growth]))
  const pressed = Object.entries(presses).map(([name, { first }]) => [titles[name], first.median])
  if (pressed.length > 0) hold('40 errors, from the press to the focused summary, in milliseconds', 50, 16, pressed)
  return held
}

const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
const spread = ({ median, low, high }, by) => `${number(median * by)} (${number(low * by)}–${number(high * by)})`

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** One table of a measure: who took how long in each host, and how that compares with ours. */
function sideBySide(hosts, timesOf, by) {
  const names = [...new Set(Object.values(hosts).flatMap((host) => Object.keys(timesOf(host))))]
  const head = ['', ...Object.keys(hosts).flatMap((host) => [titles[host], 'ours takes'])]
  const rows = names.map((name) => [
    name,
    ...Object.values(hosts).flatMap((host) => {
      const times = timesOf(host)
      if (!times[name]) return ['–', '–']
      return [spread(times[name], by), name === 'ours' ? '' : `${number(times[name].ours)} ×`]
    })
  ])
  return table(head, rows)
}

/** The whole page. */
export function asMarkdown({ hosts, presses, held, machine, versions, bytes, rounds, counts, day }) {
  const engines = Object.entries(hosts).map(([name, { version }]) => `${titles[name]} ${version.replace(/^v/, '')}`)
  const [{ peers: anyTable }] = Object.values(hosts)
  const sections = [
    '# How long a check takes',
    `Written by \`cargo xtask bench --write\` on ${day}: ${machine}, ${engines.join(', ')}. Zod ${versions.zod}, Valibot ${versions.valibot}, Ajv ${versions.ajv}, Joi ${versions.joi}.\n` +
      `The middle of ${rounds} rounds in which all took turns, with the quarters around it. *Ours takes* is the middle of the ratios of each round. Times are of one\nmachine on one day; a ratio within one run says more.`,
    `The form is \`pds-access\` as an organisation fills it in: ${counts.questions} questions. The libraries hold the ${counts.rules} of its rules that are in \`rules-for-peers.mjs\` and find the\n` +
      'same, word for word (`tests/bench-agreement.node.test.mjs`). Ours holds all rules, with the shapes of ODS codes, the guards on free text and the state of each section; *only the same rules* turns what\n' +
      'the libraries lack off by a profile, which it reads at every call. For ODS codes the libraries have one regular expression of the shapes; ours also says what a code can be.',
    '## Budgets',
    table(
      ['budget', 'at most', 'aim', 'worst', 'where', 'met'],
      held.map(({ what, budget, aim, worst, where, met }) => [what, budget.toFixed(1), aim?.toFixed(1) ?? '', worst.toFixed(2), where, met ? 'yes' : '**no**'])
    ),
    '## From nothing to the first finding, in milliseconds',
    'A fresh process of Node, or a page of a fresh browser: import, start, one check of an empty form. Each library is one minified file\n' +
      `(${Object.entries(bytes).map(([name, size]) => `${peers[name]} ${Math.round(size / 1000)} kB`).join(', ')}); ours is the files of the package as they are.`,
    sideBySide(hosts, ({ first }) => first, 1)
  ]
  for (const what of Object.keys(anyTable)) {
    const many = /\d ODS codes/.test(what)
    const capital = what[0].toUpperCase() + what.slice(1)
    sections.push(`## ${capital}, in ${many ? 'milliseconds' : 'microseconds'}`, sideBySide(hosts, (host) => host.peers[what], many ? 1 : 1000))
  }
  const rowOf = (name, timesOf) => [name, ...Object.values(hosts).map((host) => spread(timesOf(host), 1000))]
  sections.push(
    '## The whole application, which no library here holds, in microseconds',
    table(
      ['', ...Object.keys(hosts).map((host) => titles[host])],
      [
        ...['without a finding', 'empty'].map((name) => rowOf(name, ({ ours }) => ours.application[name])),
        ...[10, 100, 1_000, 10_000].map((count) => rowOf(`each of ${count.toLocaleString('en')} rows of users`, ({ ours }) => ours.rows[count]))
      ]
    )
  )
  const pressed = Object.entries(presses)
  if (pressed.length > 0) {
    const which = [['the first press on a page', 'first'], ['a press after that', 'later']]
    sections.push(
      '## From the press of the button to the focused summary of 40 errors, in milliseconds',
      'The check, the messages at their questions, the summary and the layout of all that, on a page of 70 questions that has stood for half a second.',
      table(['', ...pressed.map(([name, { version }]) => `${titles[name]} ${version}`)], which.map(([title, press]) => [title, ...pressed.map(([, times]) => spread(times[press], 1))]))
    )
  }
  return `${sections.join('\n\n')}\n`
}
