// Is what was seen on a page what the scenario, and the rules that always hold, say should be there?
//
// Gives a list of what is otherwise. Each entry says what should be and what was found.

const categories = {
  missing: /^ANS-0(01|16)$/,
  rule: /^ODS-\d+$/,
  'not-an-email': /^(ANS-010|CON-004)$/,
  'not-a-number': /^ANS-009$/,
  'not-a-choice': /^ANS-014$/,
  'too-long': /^ANS-002$/,
  'not-real-date': /^ANS-004$/,
  'parts-missing': /^(ANS-003|DSPT-02[01])$/,
  'in-the-future': /^ANS-006$/,
  'none-with-another': /^ANS-015$/
}

export const fits = (rule, wanted) => [wanted].flat().some((one) => (categories[one] ? categories[one].test(rule) : rule === one))

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
const said = (value) => JSON.stringify(value)

class Differences {
  list = []
  is(seen, wanted, what) {
    if (!same(seen, wanted)) this.list.push(`${what}: should be ${said(wanted)}, is ${said(seen)}`)
  }
  holds(condition, what, seen) {
    if (!condition) this.list.push(seen === undefined ? what : `${what}; seen: ${said(seen)}`)
  }
}

/** @param {object} given what `started` of in-page.mjs gave */
export function onLoad({ state, before, now, notFound }) {
  const differences = new Differences()
  differences.is(state, 'ready', 'the state once `ready` is settled')
  differences.is(now, before, 'what a person can notice after the start')
  differences.is(notFound, [], 'fields that `describe` did not find')
  return differences.list
}

/** What must be true where something is to be mended, said or not. */
export function mending(facts, { expect }) {
  const differences = new Differences()
  const { is, holds } = bound(differences)
  const expected = expect.errors ?? expect.errorsInclude ?? []
  const count = expect.errors?.length ?? expect.errorCount
  const { summary, report } = facts

  is(facts.events.filter(({ name }) => name === 'ncrs:invalid').length, 1, 'events ncrs:invalid of the last press')
  is(facts.events.filter(({ name }) => name === 'ncrs:valid').length, 0, 'events ncrs:valid of the last press')
  for (const event of facts.events) {
    holds(event.bubbles && event.composed && event.atForm, `${event.name} should bubble, be composed and start at the form`, event)
    is(event.cancelable, event.name === 'ncrs:check', `cancelable of ${event.name}`)
  }
  const invalid = facts.events.find(({ name }) => name === 'ncrs:invalid')
  if (invalid) is(invalid.keys, ['report'], 'what the detail of ncrs:invalid has')
  if (report) {
    is(report.outcome, 'reject', 'outcome of the report')
    is(report.holds, [], 'typed texts in the report')
    holds(report.errors.every(({ targets }) => targets > 0), 'every error should have targets', report.errors)
    if (count !== undefined) is(report.errors.length, count, 'errors in the report')
  }

  is(facts.summaryElements, 1, 'error summaries in the page')
  if (summary) {
    holds(summary.shown, 'the summary should be shown')
    holds(summary.focused, 'the summary should have the focus', facts.focused)
    is(summary.tabindex, '-1', 'tabindex of the summary')
    if (expect.summary?.alert !== 'any') {
      is(summary.role, null, 'role of the summary itself')
      is(summary.alertsInside, 1, 'elements with role="alert" inside the summary')
    }
    holds(summary.inMain, 'the summary should be inside main')
    holds(summary.beforeHeading, 'the summary should be before the h1')
    holds(summary.afterLeaders, 'the summary should be after any back link or breadcrumb')
    holds(!summary.inGroup, 'the summary should not be in a group')
    is(summary.title, 'There is a problem', 'title of the summary')
    if (count !== undefined) is(summary.entries.length, count, 'entries of the summary')
    is(summary.entries.map(({ text }) => text), (report?.errors ?? []).map(({ message }) => message), 'entries of the summary against the findings')
    holds(summary.entries.every(({ link }) => link !== null), 'every entry should be a link', summary.entries)
  }
  const title = facts.titleBefore.startsWith('Error: ') ? facts.titleBefore : `Error: ${facts.titleBefore}`
  is(facts.title, title, 'title of the page')
  is(facts.newDuplicates, [], 'ids that stand twice and did not before')
  is(facts.changedValues, [], 'values that changed')
  is(facts.address, facts.addressBefore, 'address of the page')

  const questions = (report?.errors ?? []).map(({ question }) => question)
  if (expect.errors) is(questions, expected.map(({ question }) => question), 'questions with an error, in order')
  for (const question of expect.errorsExclude ?? []) holds(!questions.includes(question), `${question} should not be judged`)
  for (const error of facts.errors) field(differences, error, expected.find(({ question }) => question === error.question), facts)
  marks(differences, facts, expected, Boolean(expect.errors))
  if (expect.textsDistinct && summary) {
    const texts = summary.entries.map(({ text }) => text)
    is([...new Set(texts)], texts, 'texts of the summary, each once')
  }
  return differences.list
}

const bound = (differences) => ({ is: differences.is.bind(differences), holds: differences.holds.bind(differences) })

function field(differences, error, expected, facts) {
  const { is, holds } = bound(differences)
  const at = `${error.question}: `
  holds(error.targetFound, `${at}the page has no ${expected.target}`)
  holds(error.finding, `${at}there should be an error`, facts.report?.errors)
  if (!error.finding || !error.targetFound) return
  holds(fits(error.finding.rule, expected.rule), `${at}rule should be ${said(expected.rule)}`, error.finding.rule)
  holds(error.targetIsAmongTargets, `${at}the first target should be ${expected.target}`, error.targets)
  if (expected.parts) is(error.finding.parts, expected.parts, `${at}parts of the finding`)

  holds(error.message, `${at}nothing that describes the control is an error message`)
  if (!error.message) return
  const { message, holder } = error
  is(message.words, error.finding.message, `${at}words of the message`)
  is(message.hidden, 'Error:', `${at}hidden beginning of the message`)
  holds(message.hiddenFirst, `${at}the hidden words should come first`)
  holds(!message.inLabel, `${at}the message should not be inside a label or legend`)
  holds(message.beforeControl, `${at}the message should be before the control`)
  is(message.hintsAfterIt, 0, `${at}hints between the message and the control`)
  is(error.sameWordsInGroup, 1, `${at}messages with these words in the group`)
  if (expected.messageInside) holds(message.inside, `${at}the message should be inside ${expected.messageInside}`)
  is(holder.after, [...holder.before, holder.ours], `${at}aria-describedby of ${holder.path}`)
  const inGroup = ['radio', 'date'].includes(error.kind) || (error.kind === 'checkbox' && error.fieldsetIsTheirs)
  if (inGroup && error.hasFieldset) holds(holder.isFieldset, `${at}the fieldset should be described by the message`, holder)
  else if (!inGroup && error.kind !== 'checkbox') holds(holder.isTarget, `${at}the control should be described by the message`, holder)
  if (error.groupExists) holds(error.groupMarked, `${at}the outermost group of the question should carry the error class`)
}

/** Error classes: on the group and on the parts to mend, nowhere else. */
function marks(differences, facts, expected, complete) {
  const { is, holds } = bound(differences)
  for (const { question, same: isSame, seen } of facts.markedAsSaid) {
    const { marked } = expected.find((error) => error.question === question)
    holds(isSame, `${question}: the controls with the error class should be ${marked.join(', ')}`, seen)
  }
  for (const error of facts.errors) {
    if (error.kind === 'radio' || error.kind === 'checkbox') {
      is(facts.marks.filter(({ question, as }) => question === error.question && as === 'control'), [], `${error.question}: marked options`)
    } else if (error.kind !== 'date') {
      is(facts.marks.filter(({ question, as }) => question === error.question && as === 'control').length, 1, `${error.question}: marked controls`)
    } else if (!expected.find(({ question }) => question === error.question).marked && error.finding) {
      const parts = error.finding.parts ?? ['day', 'month', 'year']
      const controls = parts.map((part) => facts.partControls[error.question][part])
      const seen = facts.marks.filter(({ question, as }) => question === error.question && as === 'control').map(({ control }) => control)
      is([...seen].sort(), [...controls].sort(), `${error.question}: marked parts`)
    }
  }
  if (!complete) return
  const others = facts.marks.filter(({ as }) => as === 'other')
  is(others, [], 'error classes where nothing is to be mended')
}

/** What the scenario itself says, whether something is to be mended or not. */
export function asSaid(facts, { expect }) {
  const differences = new Differences()
  const { is, holds } = bound(differences)
  if (expect.title !== undefined) is(facts.title, expect.title, 'title')
  if (expect.summary?.count !== undefined) is(facts.summaryCount, expect.summary.count, 'summaries that are shown')
  for (const where of ['before', 'after', 'inside']) {
    if (expect.summary?.[where]) holds(facts.place[where], `the summary should be ${where} ${expect.summary[where]}`)
  }
  for (const [selector, wanted] of Object.entries(expect.describedby ?? {})) is(facts.describedby[selector], wanted, `aria-describedby of ${selector}`)
  for (const [selector, wanted] of Object.entries(expect.attributes ?? {})) is(facts.attributes[selector], wanted, `attributes of ${selector}`)
  for (const [selector, wanted] of Object.entries(expect.texts ?? {})) is(facts.texts[selector], wanted, `text of ${selector}`)
  for (const [selector, wanted] of Object.entries(expect.perField ?? {})) is(facts.perField[selector], wanted, `the field of ${selector}`)
  for (const [selector, { has = [], lacks = [] }] of Object.entries(expect.classes ?? {})) {
    const classes = facts.classes[selector]
    holds(classes, `the page has no ${selector}`)
    holds(classes && has.every((name) => classes.includes(name)), `${selector} should have ${has}`, classes)
    holds(classes && !lacks.some((name) => classes.includes(name)), `${selector} should not have ${lacks}`, classes)
  }
  if (expect.focus) holds(facts.focus, `the focus should be on ${expect.focus}`, facts.focused)
  return [...differences.list, ...events(facts.events.map(({ name }) => name), expect)]
}

export function events(names, expect) {
  const differences = new Differences()
  for (const name of expect.events ?? []) differences.is(names.filter((one) => one === name).length, 1, `events ${name} of the last press`)
  for (const name of expect.eventsNot ?? []) differences.is(names.filter((one) => one === name).length, 0, `events ${name} of the last press`)
  return differences.list
}

export function posted(posts, { path, query, method = 'POST', times = 1, pairs, includes = [], excludes = [] }, multipart) {
  const differences = new Differences()
  const { is, holds } = bound(differences)
  is(posts.length, times, 'requests with the form')
  const post = posts.at(-1)
  if (!post) return differences.list
  is(method, 'POST', 'the method that this test can see')
  if (path !== undefined) is(post.path, path, 'path of the request')
  if (query !== undefined) is(post.query, query, 'query of the request')
  if (pairs) is(post.pairs, pairs, 'pairs of the request')
  is(post.type, multipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded', 'encoding of the request')
  for (const pair of includes) holds(post.pairs.some((one) => same(one, pair)), `the request should hold ${said(pair)}`, post.pairs)
  for (const pair of excludes) holds(!post.pairs.some((one) => (Array.isArray(pair) ? same(one, pair) : one[0] === pair)), `the request should not hold ${said(pair)}`, post.pairs)
  return differences.list
}

/** After an entry of the summary was pressed. */
export function entryPressed(seen, target) {
  const differences = new Differences()
  const { is, holds } = bound(differences)
  if ('pressed' in seen) holds(seen.pressed, `there is no entry for ${target}`)
  holds(seen.focused, `pressing the entry should move the focus to ${target}`, seen.seen)
  holds(seen.top >= -1 && seen.top < seen.bottom, `what names ${target} should be in view`, seen.top)
  is(seen.address, seen.before, 'address after pressing an entry')
  return differences.list
}

/** New findings of axe: more of a rule than there were. */
export function axeDifferences(before, now) {
  const differences = new Differences()
  for (const [rule, { count, where }] of Object.entries(now)) {
    differences.holds(count <= (before[rule]?.count ?? 0), `axe finds more of ${rule} than before`, where)
  }
  return differences.list
}
