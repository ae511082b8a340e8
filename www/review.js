// What will a reviewer ask? Shown before sending, when the person wants to see it, with where each rule comes from.

import { element, inEnglish } from './element.js'
import { questionIn } from './progress.js'

/** Shows the button that shows the summary. */
export function offerReview(form, check, words) {
  const button = document.getElementById('see-review')
  button.hidden = false
  button.addEventListener('click', async () => {
    const [rules, { sources }] = await Promise.all([rulesById(), fetch('/reference.json').then((answer) => answer.json())])
    const report = check.validate()
    const { fields } = check.describe()
    const asked = report.findings.filter(({ severity }) => severity !== 'error')
    const heading = element('h2', { class: 'nhsuk-heading-l', id: 'review-heading', tabindex: '-1' }, words.review)
    const place = document.getElementById('review')
    place.replaceChildren(
      heading,
      element('p', {}, asked.length > 0 ? words.review_lead : words.review_nothing),
      ...(asked.length < report.findings.length ? [element('p', {}, words.review_errors)] : []),
      ...asked.map((finding) => card(finding, rules.get(finding.rule), fields[finding.question]?.label, sources, words)),
      ...download(report, words)
    )
    heading.focus()
  })
}

/** The core is the same package; it is asked only by those who want to know. */
async function rulesById() {
  const { init, rules } = await import('/pkg/dist/core.js')
  await init()
  return new Map(rules().map((rule) => [rule.id, rule]))
}

function card({ rule, question, severity, message, review }, { basis, source }, label, sources, words) {
  const row = (key, ...value) =>
    element(
      'div',
      { class: 'nhsuk-summary-list__row' },
      element('dt', { class: 'nhsuk-summary-list__key' }, key),
      element('dd', { class: 'nhsuk-summary-list__value' }, ...value)
    )
  const content = element(
    'div',
    { class: 'nhsuk-card__content' },
    element('h3', { class: 'nhsuk-card__heading nhsuk-heading-s', ...inEnglish() }, message),
    element(
      'dl',
      { class: 'nhsuk-summary-list nhsuk-summary-list--no-border' },
      row(words.review_question, element('span', inEnglish(), label === undefined ? question : questionIn(label))),
      row(words.review_rule, `${rule} – ${words[`severity_${severity}`]}`),
      row(words.review_basis, words[`basis_${basis}`], source && ': ', source && element('span', inEnglish(), sources[source] ?? source))
    ),
    review && element('p', { class: 'nhsuk-card__description' }, words.review_person)
  )
  return element('div', { class: 'nhsuk-card', 'data-rule': rule, 'data-question': question }, content)
}

/** The report as a file. It holds rules, questions and fixed words, and no answer. */
function download(report, words) {
  const findings = report.findings.map(({ targets, ...finding }) => finding)
  const file = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify({ ...report, findings }, null, 2))}`
  const link = element('a', { href: file, download: 'ncrs-form-check-report.json' }, words.report)
  return [element('p', {}, link), element('p', { class: 'nhsuk-hint' }, words.report_hint)]
}
