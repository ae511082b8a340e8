// What happens to a form that already exists? It is read when it is sent, its errors are shown, and it is never in the way.

import { answerOf, stateOf } from './page/answers.js'
import { settingsOf } from './page/config.js'
import {
  controlsOf,
  dispatch,
  documentOf,
  find,
  findAll,
  hasAttribute,
  isAnswerable,
  isForm,
  isOpen,
  listen,
  matches,
  reportValidity,
  requestSubmit,
  rootOf,
  unlisten
} from './page/elements.js'
import { fieldRules } from './page/field-rules.js'
import { fieldAround, fieldsOf, forEveryRow, inFirstRow, keyIn } from './page/fields.js'
import { generationOf } from './page/generation.js'
import { Journal } from './page/journal.js'
import { freeIds, retireMessages, showMessage } from './page/messages.js'
import { misfit } from './page/misfit.js'
import { told } from './page/rows.js'
import { adHocField } from './page/served.js'
import { reasonOf, remedyFor } from './page/start.js'
import { summaryFor } from './page/summary.js'
import { wordsIn } from './page/words.js'
import { fault, kindOf } from './boundary.js'

const MODULE = 'ncrs-form-check'

// How long a press waits for the rules, with `whileLoading: 'wait'`.
const LONGEST_WAIT = 5000

// How often a form is judged before anybody asks. A third time gained nothing.
const REHEARSALS = 2

// Forms with more controls are not: the page would feel it.
const MOST_REHEARSED = 500

/** What a form has while a component is on it. One for every entry and every copy of the package; no control can be called so. */
const TAKEN = Symbol.for('ncrs-form-check')

/**
 * The component over one build of the rules: all of them, and those for standard forms, each with its `init` and `check`.
 *
 * @param {{ whole: object, standard: object }} build
 * @param {{ whole: object, standard: object }} [withoutWasm] the other build, for `fallback: 'js'`
 */
export function formCheckOf(build, withoutWasm) {
  // Whether some form is changed: then the others need no file of their own.
  let isChanged = false

  /** What gives the rules of a build that one form needs. */
  async function chooserFor(isStandard) {
    isChanged ||= !isStandard
    // By then every component that was made together with this one has said the same.
    await undefined
    return ({ whole, standard }) => (isStandard && (standard.rules.isBegun() || !(isChanged || whole.rules.isBegun())) ? standard : whole)
  }

  class FormCheck {
    static moduleName = MODULE
    static defaults = Object.freeze({ fallback: 'none', whileLoading: 'allow', suggestions: false, ariaInvalid: false, disableAutoFocus: false })
    static schema = Object.freeze({ properties: {} })

    static get elementType() {
      return globalThis.HTMLFormElement
    }

    /** Every browser that runs this is supported: one that cannot start the rules sends the form without them. */
    static checkSupport() {}

    #own

    constructor(form, config) {
      if (!isForm(form)) throw misfit('new FormCheck(form, config)', 'a form element', kindOf(form))
      if (form[TAKEN]) throw fault('new FormCheck(form, config): this form has a component already; destroy() it first')
      this.#own = attend(form, config ?? {}, { chooserFor, build, withoutWasm })
      this.ready = this.#own.ready
    }

    get state() {
      return this.#own.state()
    }

    validate(options) {
      return this.#own.validate(options)
    }

    showErrors(list) {
      this.#own.showErrors(list)
    }

    clear() {
      this.#own.clear()
    }

    refresh() {
      this.#own.refresh()
    }

    describe() {
      return this.#own.describe()
    }

    destroy() {
      this.#own.destroy()
    }
  }

  return { FormCheck, createAll }
}

/** What a component does, from its start until it is destroyed. */
function attend(form, config, { chooserFor, build, withoutWasm }) {
  let settings
  let core
  let state = 'loading'
  const knownNames = new Map()
  const silenced = new Journal()
  const shown = new Journal()
  const takenOut = new Journal()
  // Errors that a server sent, with what their controls held then.
  let fromServer = []
  // The answers on which a server's errors were shown once more. Sent again unchanged, they go: the server decides.
  let insisted
  // Whether the rules have started: before that and after they broke, no name can be asked about.
  let canAsk = false
  let waiting = false
  let letGo = false
  let lastEntries = []
  let lastShown = []
  // The controls that were there when errors were shown.
  const seen = new WeakSet()
  let summary

  /** Judges what is on the page now. */
  function validate(options = {}) {
    if (state !== 'ready') throw misfit('validate()', 'a component that is ready', `one that is ${state}`)
    const { show = false, only } = options ?? {}
    if (only !== undefined) expectQuestions('validate({ only })', only)
    const judged = judge(only)
    if (show) {
      insist(judged)
      conclude(judged)
    }
    return judged.report
  }

  /** Shows what a server found, in one list with what is shown already. */
  function showErrors(list) {
    if (state === 'destroyed') throw misfit('showErrors(list)', 'a component that is there', 'one after destroy()')
    if (!Array.isArray(list)) throw misfit('showErrors(list)', 'a list', kindOf(list))
    for (const [at, item] of list.entries()) {
      if (typeof item?.message !== 'string') throw misfit(`showErrors(list)[${at}]`, 'a message', kindOf(item?.message))
    }
    settle()
    const mapped = map()
    for (const item of list) {
      const field = fieldOf(item, mapped)
      // A server that says the same again is heard once, and of the answer that is there now.
      fromServer = fromServer.filter(({ item: known }) => known.question !== item.question || known.selector !== item.selector || !agrees(known, item))
      fromServer.push({ item, held: field && stateOf(field) })
    }
    showAll(mapped, lastEntries)
    focus()
  }

  /** Takes all our errors away. */
  function clear() {
    if (state === 'destroyed') return
    fromServer = []
    insisted = undefined
    showAll()
  }

  /** Controls were added, removed or replaced. */
  function refresh() {
    if (state !== 'ready') return
    knownNames.clear()
    // A script that brings the page to what the server sent takes away what the server did not send.
    silenceBrowser()
    try {
      const mapped = judge()
      if (lastEntries.length === 0 && fromServer.length === 0) return
      // What is shown moves to the controls that stand there now; what has none any more goes.
      const owned = new Set(controlsOf(form))
      const byControl = new Map(mapped.fields.flatMap((field) => field.controls.map((control) => [control, field])))
      const byQuestion = new Map(mapped.fields.map((field) => [field.question, field]))
      const entries = lastEntries.flatMap((entry) => moved(entry, owned, byControl, byQuestion))
      // A page that watches itself and calls this at every change must come to rest.
      if (shown.holds() && summary.holds() && isSame(lastShown, toShow(mapped, entries))) return
      const hasFocus = summary.hasFocus()
      showAll(mapped, entries)
      if (hasFocus) summary.focus()
    } catch (error) {
      fail(error)
    }
  }

  /** The entry at the controls that stand there now, if any do. A row goes by its controls: its number changes with those before it. */
  function moved(entry, owned, byControl, byQuestion) {
    if (entry.field === undefined) return [entry]
    const { controls, question } = entry.field
    const stays = controls.every((control) => owned.has(control))
    const isOld = (control) => seen.has(control)
    const known = stays ? byControl.get(controls[0]) : byQuestion.get(question)
    const isIt = known && (stays ? controls.every((control) => known.controls.includes(control)) : !known.controls.every(isOld))
    const field = isIt ? known : stays && fieldAround(question, controls, [...owned].filter(isAnswerable))
    return field ? [{ ...entry, field, targets: field.targets(entry.finding.parts) }] : []
  }

  /** Which control was taken for which question. */
  function describe() {
    settle()
    const { fields, notFound, unmapped } = map()
    const words = wordsIn(settings?.language)
    return {
      fields: Object.fromEntries(fields.map((field) => [field.question, { controls: field.controls, by: field.by, label: field.label(words) }])),
      notFound,
      unmapped
    }
  }

  /** Makes the page what it was. */
  function destroy() {
    if (state === 'destroyed') return
    state = 'destroyed'
    unlisten(form, 'submit', onSubmit, true)
    takeAllBack()
    fromServer = []
    delete form[TAKEN]
  }

  /** What the page asks for, for a page that asks before we have started. What is wrong with it is told by the start. */
  function settle() {
    try {
      settings ??= settingsOf(form, config)
    } catch {}
  }

  /** The browser's own bubbles would come before us. */
  function silenceBrowser() {
    if (!hasAttribute(form, 'novalidate')) silenced.attribute(form, 'novalidate', '')
  }

  async function start() {
    // So that a page can listen before anything is said.
    await undefined
    try {
      settings = settingsOf(form, config)
    } catch (error) {
      giveUp('config', error)
      return
    }
    try {
      const chosenOf = await chooserFor(settings.isStandard)
      core = chosenOf(build)
      await core.init().catch((error) => {
        if (settings.fallback !== 'js' || !withoutWasm) throw error
        core = chosenOf(withoutWasm)
        return core.init()
      })
      canAsk = true
    } catch (error) {
      giveUp(reasonOf(error), error)
      return
    }
    if (state !== 'loading') return
    try {
      for (const [selector, names] of Object.entries(settings.subsets)) expectQuestions(`config.subsets[${JSON.stringify(selector)}]`, names)
      judge()
      expectFields()
    } catch (error) {
      fail(error)
      return
    }
    state = 'ready'
    silenceBrowser()
    tell('ncrs:ready', {})
    rehearse(REHEARSALS)
  }

  /**
   * Judges again while nobody waits. What runs the first time is slow, in every engine, and a person's first press should not be it.
   * Nothing is shown, and what breaks is left for the press to meet.
   */
  function rehearse(left) {
    if (left === 0 || controlsOf(form).length > MOST_REHEARSED) return
    const whenIdle = globalThis.requestIdleCallback ?? setTimeout
    whenIdle(() => {
      if (state !== 'ready') return
      try {
        for (const field of judge().fields) void field.place
      } catch {
        return
      }
      rehearse(left - 1)
    })
  }

  function onSubmit(event) {
    if (event.defaultPrevented || event.target !== form) return
    const submitter = event.submitter ?? null
    if (bypasses(submitter)) {
      tell('ncrs:bypass', { submitter })
      return
    }
    if (state === 'loading') wait(event, submitter)
    if (state !== 'ready') return
    let passes
    try {
      const judged = judge(subsetOf(submitter))
      insist(judged)
      passes = conclude(judged, () => judged.only !== undefined || !isRefusedByBrowser(submitter, judged))
    } catch (error) {
      // Whatever broke, in the rules or in showing what they found: the form goes.
      fail(error)
      return
    }
    if (passes) return
    hold(event)
  }

  /** What a server found stays an error until its answer has changed, but nobody is kept from sending the same answers twice. */
  function insist(judged) {
    const { only } = judged
    const asked = []
    fromServer = fromServer.filter((served) => {
      const field = fieldOf(served.item, judged)
      if (only !== undefined && !(field && isAmong(only, field.question))) return true
      const stays = field !== undefined && stateOf(field) === served.held
      if (stays) asked.push(served)
      return stays
    })
    const answers = JSON.stringify(judged.pairs)
    const isRepeated = insisted === answers
    if (only === undefined || asked.length > 0) insisted = asked.length > 0 ? answers : undefined
    if (isRepeated || asked.length === 0) return
    const isOurs = ({ field, served }) => judged.found.some((own) => own.finding.severity === 'error' && own.field?.question === field?.question && agrees(own.finding, served))
    const added = asked.map(({ item }) => ({ ...addition({ rule: 'SERVER', ...item }, judged), served: item }))
    include(added.filter((entry) => !isOurs(entry)), judged)
  }

  /** Shows what there is to mend and tells the page. True when the form can go. */
  function conclude(judged, asksBrowser = () => true) {
    const added = []
    const goesOn = tell('ncrs:check', { report: judged.report, add: (finding) => added.push(addition(finding, judged)) }, true)
    // Whoever cancels the check, or takes the component away meanwhile, wants the form to go.
    if (!goesOn || state !== 'ready') return true
    if (added.length > 0) include(added, judged)
    showAll(judged, judged.entries, judged.controls)
    if (judged.entries.length > 0) {
      focus()
      tell('ncrs:invalid', { report: judged.report })
      return false
    }
    if (!asksBrowser()) return false
    tell('ncrs:valid', { report: judged.report })
    return true
  }

  function bypasses(submitter) {
    if (submitter === null) return false
    if (hasAttribute(submitter, 'data-ncrs-bypass')) return true
    const { bypass } = config
    if (typeof bypass === 'string' && matchesSafely(submitter, bypass)) return true
    // A button with questions of its own is asked for in the configuration; what it says to browsers is for pages without us.
    if (!hasAttribute(submitter, 'formnovalidate') || subsetOf(submitter)) return false
    // Some form builders put it on every button; then it means nothing.
    const images = findAll(rootOf(form), 'input[type="image"]').filter((image) => image.form === form)
    return [...controlsOf(form), ...images].some((control) => isSubmitter(control) && !hasAttribute(control, 'formnovalidate'))
  }

  function subsetOf(submitter) {
    if (submitter === null) return undefined
    return Object.entries(settings?.subsets ?? {}).find(([selector]) => matchesSafely(submitter, selector))?.[1]
  }

  /** Holds a press until the rules have started, if the page wants that. */
  function wait(event, submitter) {
    if (config.whileLoading !== 'wait' || typeof HTMLFormElement.prototype.requestSubmit !== 'function') return
    if (letGo) {
      letGo = false
      return
    }
    hold(event)
    if (waiting) return
    waiting = true
    let timer
    const long = new Promise((done) => {
      timer = setTimeout(done, LONGEST_WAIT)
    })
    Promise.race([ready, long]).then(() => {
      clearTimeout(timer)
      waiting = false
      letGo = state === 'loading'
      try {
        requestSubmit(form, submitter)
      } catch {
        // The button has been taken away meanwhile.
        requestSubmit(form)
      }
    })
  }

  /** Asks the browser about controls that are not ours to judge, where its own asking was switched off for us. */
  function isRefusedByBrowser(submitter, { fields }) {
    if (silenced.isEmpty || (submitter !== null && hasAttribute(submitter, 'formnovalidate'))) return false
    const ours = new Set(fields.flatMap(({ controls }) => controls))
    // Elements that a page defines itself are among them, and need not show how they stand. A fieldset stands as what is in it.
    const refused = controlsOf(form).find((control) => !ours.has(control) && control.localName !== 'fieldset' && matches(control, ':invalid') && isOpen(control))
    if (refused === undefined) return false
    return typeof refused.reportValidity === 'function' ? !refused.reportValidity() : !reportValidity(form)
  }

  function map() {
    return fieldsOf(form, settings?.fields ?? {}, knownAmong)
  }

  /** Which of these names are questions. The rules say which they do not know. */
  function knownAmong(names) {
    if (!canAsk) return new Set(names)
    const asked = [...new Set(names)].filter((name) => !knownNames.has(name))
    if (asked.length > 0) {
      const { unknown } = core.check(settings.form, asked.map((name) => [name, '']), { today: settings.today(), asked: [] })
      const strange = new Set(unknown)
      for (const name of asked) knownNames.set(name, !strange.has(name))
    }
    return new Set(names.filter((name) => knownNames.get(name)))
  }

  /** A name that is no question would silence a button for good, without a word. */
  function expectQuestions(where, names) {
    if (!Array.isArray(names)) throw misfit(where, 'a list of questions', kindOf(names))
    const others = names.filter((name) => keyIn(settings.fields, name) === undefined)
    const known = knownAmong(others.map(inFirstRow))
    const strange = others.find((name) => !known.has(inFirstRow(name)))
    if (strange !== undefined) throw misfit(where, 'the names of questions or of fields in config.fields', JSON.stringify(strange))
  }

  /** A mistake in what the page asks is told at once, also of what is closed or not there yet: not when somebody presses. */
  function expectFields() {
    const there = map().fields
    const written = Object.entries(settings.fields).map(([question, spec]) => ({ question, spec, controls: [], label: () => question }))
    const { asked, isKnown } = askedOf([...there, ...written])
    // Pages of several forms may share a configuration: what is of none here and not there is of another.
    const all = [...there, ...written.filter(({ question, spec }) => spec.kind || isKnown(question))]
    for (const { question, spec } of all) if (spec.when) expectQuestions(`config.fields[${JSON.stringify(question)}]`, [spec.when.field])
    core.check(settings.form, [], { ...settings.options(), asked, fields: fieldRules(settings, all, all, isKnown) })
  }

  /** The questions of the rules among fields, and which names of the page the rules know. */
  function askedOf(fields) {
    const names = fields.map(({ question }) => question)
    const known = knownAmong([...names, ...Object.keys(settings.fields)].map(inFirstRow))
    const isKnown = (question) => known.has(inFirstRow(question))
    return { isKnown, asked: [...new Set(names.map(forEveryRow))].filter(isKnown) }
  }

  function judge(wanted) {
    const mapped = map()
    const pairs = []
    const open = new Map()
    for (const field of mapped.fields) {
      const answer = answerOf(field)
      if (answer === undefined) continue
      open.set(field.question, field)
      pairs.push(...answer)
    }
    const questions = new Set([...open.keys()].map(forEveryRow))
    const isThere = (name) => questions.has(forEveryRow(name))
    // What is closed now is asked all the same, and blank: a rule that reads it can speak of what is open.
    const { asked, isKnown } = askedOf(mapped.fields)
    const fields = fieldRules(settings, mapped.fields, open.values(), isKnown)
    const only = wanted?.filter(isThere)
    // Words for a field of the page that is not there now are for later; about any other name the rules say what is wrong.
    const isLater = (question) => !isThere(question) && !isKnown(question) && keyIn(settings.fields, question) !== undefined
    const messages = settings.messages && Object.fromEntries(
      Object.entries(settings.messages).filter(([key]) => {
        const [, question] = /@(.*)$/s.exec(key) ?? []
        return question === undefined || !isLater(question)
      })
    )
    const options = { ...settings.options(), asked, messages, only, fields }
    const report = core.check(settings.form, pairs, options)
    const found = report.findings.filter(({ question }) => open.has(question))
    const controls = [...open.values()].filter(({ question }) => only === undefined || isAmong(only, question)).flatMap((field) => field.controls)
    const judged = { ...mapped, only, pairs, report, controls }
    const isEnglish = fellBack(pairs, options)
    return reportOn(judged, found.map((finding) => ({ finding, field: open.get(finding.question), lang: isEnglish(finding) ? 'en' : undefined })))
  }

  /** Whether a finding's message fell back to English: on a Welsh page, one that reads the same in both and is not the host's. */
  function fellBack(pairs, options) {
    const { language, messages = {} } = settings
    if (language === 'en') return () => false
    const english = core.check(settings.form, pairs, { ...options, language: 'en' })
    const told = ({ rule, question, message }) => `${rule}@${question} ${message}`
    const same = new Set(english.findings.map(told))
    const isHosts = ({ rule, question }) => [rule, `${rule}@${question}`, `${rule}@${forEveryRow(question)}`].some((key) => Object.hasOwn(messages, key))
    return (finding) => same.has(told(finding)) && !isHosts(finding)
  }

  /** Puts findings in the order of the page, with their controls, and makes the entries of the errors. */
  function reportOn(judged, found) {
    const words = wordsIn(settings.language)
    const all = found.map((each) => ({ ...each, targets: each.field?.targets(each.finding.parts) ?? [] }))
    all.sort((one, other) => (one.field?.rank ?? -1) - (other.field?.rank ?? -1))
    const messages = told(all, words)
    // Elements lead to what was typed, so they are there for a program that asks and in no copy or log.
    const findings = all.map(({ finding: { suggestion, ...finding }, targets }, at) => Object.defineProperty({ ...finding, message: messages[at] }, 'targets', { value: targets }))
    const has = (wanted) => findings.some(({ severity }) => severity === wanted)
    const outcome = has('stop') ? 'stop' : has('error') ? 'reject' : 'accept'
    const entries = all.flatMap((each, at) => {
      const { severity, suggestion } = each.finding
      const suggested = suggestion && settings.suggestions ? ` ${words.suggestion(suggestion)}` : ''
      return severity === 'error' ? [{ ...each, text: messages[at] + suggested }] : []
    })
    return Object.assign(judged, { report: { ...judged.report, outcome, findings }, found: all, entries })
  }

  /** A finding that the page adds while we check. */
  function addition(given, judged) {
    if (typeof given?.message !== 'string') throw misfit('detail.add(finding)', 'a message', kindOf(given?.message))
    const { rule = 'PAGE', question = '', severity = 'error', message, params = {}, parts } = given
    const finding = { rule, question, severity, message, params }
    if (parts) finding.parts = parts
    return { finding, field: fieldOf(given, judged) }
  }

  function include(added, judged) {
    reportOn(judged, [...judged.found, ...added])
  }

  /** The field that an entry of a server or of the page speaks of. */
  function fieldOf({ question, selector }, { fields }) {
    const named = fields.find((field) => field.question === question)
    return named ?? adHocField(form, { question, selector }, fields)
  }

  /** What is to be shown: our errors, and those of a server that are not among them. */
  function toShow(mapped, entries) {
    const served = fromServer.flatMap(({ item }) => {
      const field = fieldOf(item, mapped)
      if (entries.some((entry) => entry.served === item || (entry.field?.question === field?.question && agrees(entry.finding, item)))) return []
      return [{ field, targets: field?.targets() ?? [], text: item.message }]
    })
    return [...entries, ...served]
  }

  function showAll(mapped = { fields: [] }, entries = [], judgedControls = []) {
    shown.undo()
    const generation = generationOf(form, config.prefix)
    lastEntries = entries
    lastShown = toShow(mapped, entries)
    for (const { controls } of mapped.fields) for (const control of controls) seen.add(control)
    const judged = new Set([...judgedControls, ...lastShown.flatMap(({ field }) => field?.controls ?? [])])
    const place = typeof config.summary === 'string' ? find(rootOf(form), config.summary) : config.summary
    const before = summary
    summary = summaryFor(form)
    // The form may have been moved to another document, shadow root or dialog.
    if (before !== summary) before?.drop(form)
    const part = { entries: lastShown, form, generation, words: wordsIn(settings?.language), place, judged }
    summary.retire(part)
    if (generation.hasErrors) {
      const retired = mapped.fields.filter(({ controls }) => controls.some((control) => judged.has(control)))
      // What a server said again is about controls that nobody may have mapped.
      const again = lastShown.flatMap(({ field, finding }) => (finding ? [] : (field ?? [])))
      for (const field of new Set([...retired, ...again])) retireMessages(takenOut, field, generation.prefix)
    }
    const how = { ...part, freeId: freeIds(rootOf(form)), ariaInvalid: config.ariaInvalid === true }
    for (const entry of lastShown) if (entry.field && entry.targets.length > 0) showMessage(shown, entry, how)
    summary.show(part)
  }

  function focus() {
    if (config.disableAutoFocus !== true) summary?.focus()
  }

  function tell(name, detail, cancelable = false) {
    const document = documentOf(form)
    const { CustomEvent } = document.defaultView ?? globalThis
    return dispatch(form, new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }))
  }

  /** The rules broke, or the page asked for what makes no sense. */
  function fail(error) {
    giveUp(isFault(error) ? 'config' : 'fault', error)
  }

  function giveUp(reason, error) {
    if (state === 'destroyed') return
    canAsk = false
    takeAllBack()
    state = 'unavailable'
    try {
      // What a server found stays said, also without the rules.
      if (fromServer.length > 0) showAll(map())
    } catch {
      takeAllBack()
    }
    console.warn(`ncrs-form-check: ${remedyFor(reason, error)} The form works without it.`)
    try {
      if (typeof config.onError === 'function') config.onError(error)
    } catch (thrown) {
      // The page's own mistake, told as if its listener had made it.
      queueMicrotask(() => {
        throw thrown
      })
    }
    tell('ncrs:unavailable', { reason })
  }

  function takeAllBack() {
    shown.undo()
    summary?.drop(form)
    takenOut.undo()
    silenced.undo()
  }

  form[TAKEN] = true
  listen(form, 'submit', onSubmit, true)
  const ready = start()
  return { ready, state: () => state, validate, showErrors, clear, refresh, describe, destroy }
}

/** Makes a component for every form that is marked, as the design systems' own function does. */
export function createAll(Component, config, scopeOrOptions) {
  const kind = typeof scopeOrOptions
  const isOptions = kind === 'object' && scopeOrOptions !== null && !('nodeType' in scopeOrOptions)
  const { scope = globalThis.document, onError } = isOptions ? scopeOrOptions : { [kind === 'function' ? 'onError' : 'scope']: scopeOrOptions }
  // A scope that was looked for and not found holds no forms.
  if (scope === null) return []
  return findAll(scope, `[data-module="${Component.moduleName}"]`).flatMap((element) => {
    try {
      return [config === undefined ? new Component(element) : new Component(element, config)]
    } catch (error) {
      if (onError) onError(error, { element, component: Component, config })
      else console.warn(error.message)
      return []
    }
  })
}

/** Whether a question is one of these names, by itself or for every row. */
const isAmong = (names, question) => names.includes(question) || names.includes(forEveryRow(question))

/** True when two, of one question, say the same: by rule or by word. */
const agrees = (one, other) => one.message === other.message || (one.rule !== undefined && one.rule === other.rule)

const isSame = (before, now) =>
  before.length === now.length &&
  before.every(({ text, targets }, at) => text === now[at].text && targets.length === now[at].targets.length && targets.every((target, which) => target === now[at].targets[which]))

const isFault = (error) => error instanceof Error && error.message.startsWith('ncrs-form-check: ') && error.name !== 'RulesBroken'

/** Keeps a form from being sent, and others from hearing that it would be. */
function hold(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

const isSubmitter = (control) => control.type === 'submit' || control.type === 'image'

/** A selector of the configuration was tried once, when the component started. */
function matchesSafely(element, selector) {
  try {
    return matches(element, selector)
  } catch {
    return false
  }
}
