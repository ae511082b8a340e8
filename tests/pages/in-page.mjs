// What does a person, and what do the page's other scripts, see of the component on a page?
//
// Runs in the page itself. Looks and reports; what should be is judged by expectations.mjs. Nothing here asks the component how it sees
// things, save for its events and, where a test says so, its methods.

export const eventNames = ['ncrs:ready', 'ncrs:unavailable', 'ncrs:check', 'ncrs:invalid', 'ncrs:valid', 'ncrs:bypass']

/** Where the list of events outlives the page, as a form that is sent takes the page away. */
const stored = 'ncrs-test-events'

export let FormCheck
export let createAll
export let hostConfig
export const kit = { watched: [], before: undefined, wrong: [], events: [], press: 0 }
let instance
let form
let prefix = 'nhsuk'

export const component = () => instance

// A field named `elements` hides a form's own property of that name.
const elementsOf = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get
const attribute = Function.prototype.call.bind(Element.prototype.getAttribute)
const formElements = (of) => (of ? [...elementsOf.call(of)] : [])

// Instances of the rules, so that a test can turn the switch of doctored.mjs in them.
const instances = []
let breaksAll = false
function keep(made) {
  const one = made instanceof WebAssembly.Instance ? made : made.instance
  instances.push(one)
  if (breaksAll && one.exports.broken) one.exports.broken.value = 1
  return made
}
for (const name of ['instantiate', 'instantiateStreaming']) {
  const own = WebAssembly[name]
  WebAssembly[name] = (...given) => own.apply(WebAssembly, given).then(keep)
}
WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (own, given) => keep(new own(...given)) })

/** From now on what checks traps: in the instances that are there, or also in every one that follows them. Gives how many there are. */
export function breaks({ forEver }) {
  breaksAll = forEver
  for (const { exports } of instances) exports.broken.value = 1
  return instances.length
}

/** What went wrong where nobody was looking. */
window.addEventListener('error', (event) => kit.wrong.push(`uncaught: ${event.message}`))
window.addEventListener('unhandledrejection', (event) => kit.wrong.push(`unhandled: ${event.reason}`))
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  // The design system asks another server for the NHS's own font, whoever uses it.
  if (effectiveDirective !== 'font-src') kit.wrong.push(`policy: ${effectiveDirective} ${blockedURI}`)
})
for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
  const say = console[level]
  console[level] = (...given) => {
    kit.wrong.push(`console.${level}: ${given.join(' ')}`)
    say.apply(console, given)
  }
}

try {
  sessionStorage.setItem(stored, '[]')
} catch {
  // A page in a frame without an origin keeps no list.
}
for (const name of eventNames) {
  window.addEventListener(name, (event) => {
    kit.events.push({ name, event, press: kit.press, atForm: event.composedPath()[0] === form })
    const told = kit.events.map((one) => ({ ...one, event: undefined, reason: one.event.detail?.reason }))
    sessionStorage.setItem(stored, JSON.stringify(told))
  })
}

const isSubmit = (element) => element.matches?.('button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]')
/** Enter in a text box presses the form's button too, so each submit by hand is one press. */
window.addEventListener(
  'click',
  (event) => {
    if (!isSubmit(event.composedPath()[0]) && !event.composedPath().some((one) => one instanceof Element && isSubmit(one))) return
    kit.press += 1
    kit.valuesAtPress = valuesOf(form)
  },
  true
)

function valuesOf(of) {
  return formElements(of)
    .filter((control) => 'value' in control)
    .map((control) => [control.name, control.type === 'file' ? '' : control.value, control.checked ?? null])
}

/** Every element with what a component could change on it. */
function photograph() {
  const looks = new Map()
  for (const element of document.querySelectorAll('*')) {
    looks.set(element, { class: attribute(element, 'class'), describedby: attribute(element, 'aria-describedby'), id: attribute(element, 'id') })
  }
  return looks
}

const markup = () => {
  const root = document.documentElement.cloneNode(true)
  // The channel between the test and the page.
  root.removeAttribute('data-outcome')
  return root.outerHTML
}

const noticeable = () => ({
  title: document.title,
  text: document.body.innerText,
  focus: pathOf(document.activeElement),
  values: valuesOf(form),
  summaries: document.querySelectorAll(`.${prefix}-error-summary`).length,
  messages: fullMessages().length
})

const fullMessages = () => [...document.querySelectorAll(`.${prefix}-error-message`)].filter((one) => one.textContent.trim() !== '')

function duplicatedIds() {
  const counts = new Map()
  for (const { id } of document.querySelectorAll('[id]')) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1).map(([id]) => id)
}

/**
 * Every style sheet of the page has come, or will not. WebKit runs modules without waiting for those that stand before them, and what a
 * person sees of a page changes when they come.
 */
export const dressed = () =>
  Promise.all(
    [...document.querySelectorAll('link[rel=stylesheet]')]
      .filter(({ sheet }) => sheet === null)
      .map((link) => new Promise((done) => ['load', 'error'].forEach((name) => link.addEventListener(name, done))))
  )

/** Remembers how the page is before us. Called by a host's script once its own scripts have run. */
export function look({ root, classPrefix = 'nhsuk' }) {
  form = root
  prefix = classPrefix
  kit.form = root
  kit.before = { noticeable: noticeable(), markup: markup(), photograph: photograph(), duplicates: duplicatedIds(), title: document.title, length: history.length, address: location.href }
}

/** What a host's script does: make the component, and say so when it has started. */
export function construct(api, root, config, classPrefix) {
  FormCheck = api.FormCheck
  createAll = api.createAll
  hostConfig = config
  look({ root, classPrefix })
  instance = new FormCheck(root, config)
  return instance
}

export const adopt = (made) => {
  instance = made
}

export async function started() {
  const late = performance.now() + 8_000
  while (instance === undefined && performance.now() < late) await new Promise((done) => setTimeout(done, 10))
  if (instance === undefined) throw new Error(`the host's script made no component: ${kit.wrong.join('; ') || 'nothing is known of why'}`)
  await instance.ready
  return { state: instance.state, before: kit.before.noticeable, now: noticeable(), notFound: instance.state === 'ready' ? instance.describe().notFound : [] }
}

export const made = async () => {
  const late = performance.now() + 8_000
  while (instance === undefined && performance.now() < late) await new Promise((done) => setTimeout(done, 10))
  return instance?.state
}

export function pathOf(element) {
  if (!element) return null
  const name = element.getAttribute?.('name')
  return `${element.localName}${element.id ? `#${element.id}` : ''}${name ? `[name="${name}"]` : ''}`
}

const tokens = (text) => (text ?? '').split(/\s+/).filter(Boolean)
const classesOf = (element) => [...element.classList]
const precedes = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
const byId = (from, id) => [...from.getRootNode().querySelectorAll('[id]')].find((one) => one.id === id)

function isShown(element) {
  const { width, height } = element.getBoundingClientRect()
  return width > 8 && height > 8 && getComputedStyle(element).visibility !== 'hidden'
}

/** The words of a message without its hidden beginning, and that beginning. */
function wordsOf(message) {
  const hidden = [...message.children].find((child) => child.matches(`.${prefix}-u-visually-hidden, .${prefix}-visually-hidden`))
  const whole = message.textContent.replace(/\s+/g, ' ').trim()
  const beginning = hidden ? hidden.textContent.replace(/\s+/g, ' ').trim() : ''
  return { id: message.id, tag: message.localName, hidden: beginning, hiddenFirst: whole.startsWith(beginning), words: whole.slice(beginning.length).trim(), lang: message.getAttribute('lang') }
}

/** Our own description of what describes an element: `@error` stands for a message that was not there before. */
function described(element) {
  return tokens(element.getAttribute('aria-describedby')).map((token) => {
    const found = byId(element, token)
    return found?.matches(`.${prefix}-error-message`) && kit.before.photograph.get(found)?.id !== token ? '@error' : token
  })
}

function summaryFacts(summary) {
  const main = document.querySelector('main, [role=main]')
  const heading = document.querySelector('h1')
  const leaders = [...document.querySelectorAll(`.${prefix}-back-link, .${prefix}-breadcrumb`)]
  const title = summary.querySelector('h2')
  return {
    shown: isShown(summary) && !summary.hidden && !summary.classList.contains(`${prefix}-u-visually-hidden`),
    focused: summary.getRootNode().activeElement === summary,
    tabindex: summary.getAttribute('tabindex'),
    role: summary.getAttribute('role'),
    alertsInside: summary.querySelectorAll('[role=alert]').length,
    inMain: main ? main.contains(summary) : true,
    beforeHeading: heading ? precedes(summary, heading) && !heading.contains(summary) : true,
    afterLeaders: leaders.every((leader) => precedes(leader, summary)),
    inGroup: Boolean(summary.closest(`.${prefix}-form-group, fieldset, label`)),
    title: title?.textContent.trim() ?? null,
    titleClasses: title ? classesOf(title) : [],
    labelled: byId(summary, summary.getAttribute('aria-labelledby') ?? summary.querySelector('[role=alert]')?.getAttribute('aria-labelledby') ?? '')?.textContent.trim() ?? null,
    entries: [...summary.querySelectorAll('li')].map((entry) => ({ text: entry.textContent.replace(/\s+/g, ' ').trim(), link: entry.querySelector('a')?.getAttribute('href') ?? null }))
  }
}

/** The controls that answer a question, from the configuration alone. */
export function controlsOf(spec, key) {
  const named = (name) => formElements(form).filter((control) => control.name === name && control.type !== 'hidden')
  if (spec?.names) return ['day', 'month', 'year'].flatMap((part) => named(spec.names[part]))
  if (spec?.selectors) return ['day', 'month', 'year'].map((part) => document.querySelector(spec.selectors[part]))
  if (spec?.selector) return [...document.querySelectorAll(spec.selector)]
  return named(spec?.name ?? key)
}

function partsOf(spec) {
  const [day, month, year] = controlsOf(spec)
  return { day, month, year }
}

function errorFacts(expected, findings) {
  const target = document.querySelector(expected.target)
  const spec = hostConfig.fields?.[expected.question]
  const controls = controlsOf(spec, expected.question)
  const finding = findings.find(({ question }) => question === expected.question)
  const isDate = Boolean(spec?.names ?? spec?.selectors)
  const facts = { question: expected.question, targetFound: target !== null, kind: isDate ? 'date' : target?.type, controls: controls.map(pathOf) }
  if (finding) {
    facts.finding = { rule: finding.rule, severity: finding.severity, message: finding.message, parts: finding.parts }
    facts.targets = finding.targets?.map((one) => (one instanceof Element && one.isConnected ? pathOf(one) : String(one)))
    facts.targetIsAmongTargets = finding.targets?.[0] === target
  }
  if (target === null) return facts

  // Which element points at a message? The control first, then what holds it.
  for (let holder = target; holder && holder !== form && holder !== document.body; holder = holder.parentElement) {
    const own = tokens(holder.getAttribute('aria-describedby')).map((token) => byId(holder, token))
    const message = own.find((one) => one?.matches(`.${prefix}-error-message`))
    if (!message || message.textContent.trim() === '') continue
    const was = kit.before.photograph.get(holder)
    const wasTokens = tokens(was?.describedby)
    const now = tokens(holder.getAttribute('aria-describedby'))
    facts.holder = {
      path: pathOf(holder),
      isTarget: holder === target,
      isFieldset: holder.localName === 'fieldset',
      before: wasTokens,
      // A hint that had no id may have been given one.
      after: now.filter((token) => wasTokens.includes(token) || !isNamedHint(holder, token)),
      ours: message.id
    }
    // The message that the person meets first belongs to the innermost group of the question.
    const hints = [...(target.closest(`.${prefix}-form-group, fieldset, li, p`) ?? form).querySelectorAll(`.${prefix}-hint`)]
    const first = controls.reduce((earliest, one) => (precedes(one, earliest) ? one : earliest), controls[0] ?? target)
    facts.message = {
      ...wordsOf(message),
      inLabel: Boolean(message.closest('label, legend')),
      beforeControl: precedes(message, first) && !controls.some((control) => precedes(control, message)),
      hintsAfterIt: hints.filter((hint) => precedes(hint, first) && precedes(message, hint)).length,
      inside: expected.messageInside ? Boolean(message.closest(expected.messageInside)) : undefined
    }
    break
  }
  facts.hasFieldset = Boolean(target.closest('fieldset')) && controls.every((control) => target.closest('fieldset').contains(control))
  const onlyOurs = facts.hasFieldset && formElements(form).filter((one) => one.type !== 'hidden' && one.localName !== 'fieldset' && one.type !== 'submit' && target.closest('fieldset').contains(one))
  facts.fieldsetIsTheirs = facts.hasFieldset && onlyOurs.every((one) => controls.includes(one) || one.closest(`.${prefix}-radios__conditional, .${prefix}-checkboxes__conditional`))

  const groups = groupsOf(controls)
  facts.groupExists = groups.length > 0
  facts.groupMarked = groups.length > 0 && groups.at(-1).classList.contains(`${prefix}-form-group--error`)
  // Two questions may share a group; the same words twice are one message too many.
  facts.sameWordsInGroup = fullMessages().filter((one) => (groups[0] ?? form).contains(one) && wordsOf(one).words === facts.message?.words).length
  return facts
}

function isNamedHint(from, token) {
  const found = byId(from, token)
  return found !== undefined && !kit.before.photograph.get(found)?.id && found.matches(`.${prefix}-hint`)
}

/** The groups that hold all controls of a question, inner first; outside a reveal they end at the question's own. */
function groupsOf(controls) {
  const groups = []
  for (let one = controls[0]?.parentElement; one && one !== form; one = one.parentElement) {
    if (one.matches(`.${prefix}-radios__conditional, .${prefix}-checkboxes__conditional`)) break
    if (one.matches(`.${prefix}-form-group`) && controls.every((control) => one.contains(control))) groups.push(one)
  }
  return groups
}

/** All that carries an error class, each with how it is told apart. */
function marked(expectedErrors) {
  const all = [...document.querySelectorAll('[class*="--error"]')].filter((one) => classesOf(one).some((name) => name.endsWith('--error')))
  const owners = expectedErrors.map((error) => ({ error, controls: controlsOf(hostConfig.fields?.[error.question], error.question) }))
  return all.map((one) => {
    const owner = owners.find(({ controls }) => controls.includes(one))
    const outer = owners.find(({ controls }) => groupsOf(controls).includes(one))
    const inner = owners.find(({ controls }) => controls.some((control) => one.matches(`.${prefix}-form-group`) && one.contains(control)))
    return {
      path: pathOf(one),
      control: owner ? one.id || pathOf(one) : undefined,
      question: (owner ?? outer ?? inner)?.error.question,
      // The group of one part of a date is marked with its part alone.
      as: owner ? 'control' : outer ? 'group' : inner && one.querySelector('[class*="--error"]') ? 'part' : 'other',
      classes: classesOf(one).filter((name) => name.endsWith('--error'))
    }
  })
}

function selectorsMarked(expected) {
  const controls = controlsOf(hostConfig.fields?.[expected.question], expected.question)
  return controls.filter((control) => classesOf(control).some((name) => name.endsWith('--error')))
}

/** Everything that the README of the host forms asks about, in one go. */
export function facts({ expect, texts = [] }) {
  const lastEvents = kit.events.filter(({ press }) => press === kit.press && press > 0)
  const invalid = lastEvents.findLast(({ name }) => name === 'ncrs:invalid')
  const report = invalid?.event.detail?.report
  const findings = (report?.findings ?? []).filter(({ severity }) => severity === 'error')
  const expected = expect.errors ?? expect.errorsInclude ?? []
  const summaries = [...document.querySelectorAll(`.${prefix}-error-summary`)]
  const { before } = kit
  return {
    title: document.title,
    titleBefore: before.title,
    address: location.href,
    addressBefore: before.address,
    summaryCount: summaries.filter(isShown).length,
    summaryElements: summaries.length,
    summary: summaries[0] && summaryFacts(summaries[0]),
    messageCount: fullMessages().length,
    errors: expected.map((error) => errorFacts(error, findings)),
    marks: marked(expected),
    markedAsSaid: expected
      .filter((error) => error.marked)
      .map((error) => ({ question: error.question, same: sameElements(selectorsMarked(error), error.marked.map((one) => document.querySelector(one))), seen: selectorsMarked(error).map(pathOf) })),
    partControls: Object.fromEntries(
      expected
        .filter(({ question }) => hostConfig.fields?.[question]?.names ?? hostConfig.fields?.[question]?.selectors)
        .map(({ question }) => [question, Object.fromEntries(Object.entries(partsOf(hostConfig.fields[question])).map(([part, one]) => [part, one.id || pathOf(one)]))])
    ),
    newDuplicates: duplicatedIds().filter((id) => !before.duplicates.includes(id)),
    changedValues: kit.valuesAtPress ? valuesOf(form).filter((pair, index) => JSON.stringify(pair) !== JSON.stringify(kit.valuesAtPress[index])) : [],
    events: lastEvents.map(({ name, event, atForm }) => ({ name, bubbles: event.bubbles, composed: event.composed, cancelable: event.cancelable, atForm, keys: Object.keys(event.detail ?? {}) })),
    allEvents: kit.events.map(({ name }) => name),
    report: report && {
      outcome: report.outcome,
      errors: findings.map(({ question, rule, message, targets }) => ({ question, rule, message, targets: targets?.length ?? 0 })),
      keys: Object.keys(report),
      holds: texts.filter((text) => JSON.stringify(report, (key, value) => (key === 'targets' ? undefined : value)).includes(text))
    },
    describedby: Object.fromEntries(Object.keys(expect.describedby ?? {}).map((one) => [one, described(document.querySelector(one))])),
    attributes: Object.fromEntries(
      Object.entries(expect.attributes ?? {}).map(([one, names]) => [one, Object.fromEntries(Object.keys(names).map((name) => [name, document.querySelector(one).getAttribute(name)]))])
    ),
    classes: Object.fromEntries(Object.keys(expect.classes ?? {}).map((one) => [one, document.querySelector(one) ? classesOf(document.querySelector(one)) : null])),
    texts: Object.fromEntries(Object.keys(expect.texts ?? {}).map((one) => [one, document.querySelector(one)?.textContent.trim() ?? null])),
    perField: Object.fromEntries(Object.keys(expect.perField ?? {}).map((one) => [one, fieldFacts(document.querySelector(one))])),
    place: placeFacts(summaries.find(isShown), expect.summary ?? {}),
    focus: expect.focus ? document.activeElement === document.querySelector(expect.focus) : undefined,
    focused: pathOf(document.activeElement),
    wrong: kit.wrong,
    foreign: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      // The design system asks another server for the NHS's own font, whoever uses it.
      .filter((name) => !name.startsWith(location.origin) && !name.startsWith('https://assets.nhs.uk/fonts/'))
  }
}

const sameElements = (some, others) => some.length === others.length && others.every((one) => some.includes(one))

function fieldFacts(control) {
  const group = control.closest(`.${prefix}-form-group`)
  return {
    messages: fullMessages().filter((one) => group.contains(one)).length,
    groupMarked: group.classList.contains(`${prefix}-form-group--error`),
    inputMarked: classesOf(control).some((name) => name.endsWith('--error'))
  }
}

function placeFacts(summary, { before, after, inside }) {
  if (!summary) return {}
  const one = (selector) => document.querySelector(selector)
  return {
    before: before ? precedes(summary, one(before)) : undefined,
    after: after ? precedes(one(after), summary) : undefined,
    inside: inside ? one(inside).contains(summary) : undefined
  }
}

/** Where the focus is, and whether what names the control can be seen. */
export function focusFacts(selector) {
  const target = document.querySelector(selector)
  const named = target.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(target.id)}"]`) ?? target.closest('label')
  const top = (named ?? target).getBoundingClientRect().top
  return { focused: document.activeElement === target, seen: pathOf(document.activeElement), top, bottom: window.innerHeight, address: location.href, before: kit.before.address, length: history.length }
}

/** Presses every entry of the summary by script; the real presses are the driver's. */
export function pressEntries(selectors) {
  return selectors.map((selector, index) => {
    const link = document.querySelectorAll(`.${prefix}-error-summary li a`)[index]
    link?.click()
    return { pressed: Boolean(link), ...focusFacts(selector) }
  })
}

export async function idle(milliseconds) {
  let changes = 0
  const observer = new MutationObserver((records) => {
    changes += records.length
  })
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  await new Promise((done) => setTimeout(done, milliseconds))
  observer.disconnect()
  return changes
}

/** Takes the component away and says where the page is not as it was. */
export function destroyed() {
  instance.destroy()
  const now = markup()
  const was = kit.before.markup
  if (now === was) return { same: true, title: document.title === kit.before.title }
  let at = 0
  while (now[at] === was[at]) at += 1
  return { same: false, title: document.title === kit.before.title, was: was.slice(Math.max(0, at - 80), at + 160), now: now.slice(Math.max(0, at - 80), at + 160) }
}

/** Whether the form checks itself as the browser does, which it must where we cannot. */
export const novalidate = () => attribute(form, 'novalidate') !== null

/** The whole of what is shown, in few words. */
export function glance(within = document) {
  const summaries = [...within.querySelectorAll(`.${prefix}-error-summary`)]
  return {
    title: document.title,
    summaries: summaries.filter(isShown).length,
    entries: summaries.flatMap((summary) => [...summary.querySelectorAll('li')].map((entry) => entry.textContent.replace(/\s+/g, ' ').trim())),
    messages: [...within.querySelectorAll(`.${prefix}-error-message`)].map(wordsOf).map(({ words }) => words).filter(Boolean),
    events: kit.events.filter(({ press }) => press === kit.press).map(({ name }) => name),
    focus: pathOf(within.activeElement),
    wrong: kit.wrong
  }
}
