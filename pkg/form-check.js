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
import { fieldAround, fieldsOf, forEveryRow, inFirstRow } from './page/fields.js'
import { generationOf } from './page/generation.js'
import { Journal } from './page/journal.js'
import { freeIds, retireMessages, showMessage } from './page/messages.js'
import { told } from './page/rows.js'
import { adHocField } from './page/served.js'
import { reasonOf, remedyFor } from './page/start.js'
import { summaryOf } from './page/summary.js'
import { wordsIn } from './page/words.js'
import { fault, kindOf } from './boundary.js'

const MODULE = 'ncrs-form-check'

// How long a press waits for the rules, with `whileLoading: 'wait'`.
const LONGEST_WAIT = 5000

// How often a form is judged before anybody asks. A third time gained nothing.
const REHEARSALS = 2

// Forms with more controls are not: the page would feel it.
const MOST_REHEARSED = 500

/** Forms that a component has. One for every entry of the package. */
const taken = new WeakSet()

/**
 * The component over one build of the rules.
 *
 * @param {object} build
 * @param {object} build.core `init` and `check`
 * @param {() => Promise<object>} [build.withoutWasm] the core of the other build, for `fallback: 'js'`
 */
export function formCheckOf({ core: builtFor, withoutWasm }) {
  class FormCheck {
    static moduleName = MODULE
    static defaults = Object.freeze({ fallback: 'none', whileLoading: 'allow', suggestions: false, ariaInvalid: false, disableAutoFocus: false })
    static schema = Object.freeze({ properties: {} })

    static get elementType() {
      return globalThis.HTMLFormElement
    }

    /** Every browser that runs this is supported: one that cannot start the rules sends the form without them. */
    static checkSupport() {}

    #form
    #config
    #settings
    #core = builtFor
    #state = 'loading'
    #known = new Map()
    #taken = new Journal()
    #shown = new Journal()
    #retired = new Journal()
    /** Errors that a server sent, with what their controls held then. */
    #served = []
    /** The answers on which a server's errors were shown once more. Sent again unchanged, they go: the server decides. */
    #insisted
    /** Whether the rules have started: before that and after they broke, no name can be asked about. */
    #canAsk = false
    #waiting = false
    #letGo = false

    constructor(form, config) {
      if (!isForm(form)) throw fault(`new FormCheck(form, config): expected a form element, found ${kindOf(form)}`)
      if (taken.has(form)) throw fault('new FormCheck(form, config): this form has a component already; destroy() it first')
      taken.add(form)
      this.#form = form
      this.#config = config ?? {}
      listen(form, 'submit', this.#onSubmit, true)
      this.ready = this.#start()
    }

    get state() {
      return this.#state
    }

    /** Judges what is on the page now. */
    validate(options = {}) {
      this.#expectReady('validate()')
      const { show = false, only } = options ?? {}
      if (only !== undefined) this.#expectQuestions('validate({ only })', only)
      const judged = this.#judge(only)
      if (show) {
        this.#insist(judged)
        this.#conclude(judged)
      }
      return judged.report
    }

    /** Shows what a server found, in one list with what is shown already. */
    showErrors(list) {
      if (this.#state === 'destroyed') throw fault('showErrors(list): expected a component that is there, found one after destroy()')
      if (!Array.isArray(list)) throw fault(`showErrors(list): expected a list, found ${kindOf(list)}`)
      for (const [at, item] of list.entries()) {
        if (typeof item?.message !== 'string') throw fault(`showErrors(list)[${at}]: expected a message, found ${kindOf(item?.message)}`)
      }
      this.#settle()
      const mapped = this.#map()
      for (const item of list) {
        const field = this.#fieldOf(item, mapped)
        // A server that says the same again is heard once, and of the answer that is there now.
        this.#served = this.#served.filter(({ item: known }) => known.question !== item.question || known.selector !== item.selector || !agrees(known, item))
        this.#served.push({ item, held: field && stateOf(field) })
      }
      this.#show(mapped, this.#lastEntries, new Set())
      this.#focus()
    }

    /** Takes all our errors away. */
    clear() {
      if (this.#state === 'destroyed') return
      this.#served = []
      this.#insisted = undefined
      this.#show(undefined, [], new Set())
    }

    /** Controls were added, removed or replaced. */
    refresh() {
      if (this.#state !== 'ready') return
      this.#known.clear()
      // A script that brings the page to what the server sent takes away what the server did not send.
      this.#silenceBrowser()
      try {
        const mapped = this.#judge()
        if (this.#lastEntries.length === 0 && this.#served.length === 0) return
        // What is shown moves to the controls that stand there now; what has none any more goes.
        const owned = new Set(controlsOf(this.#form))
        const byControl = new Map(mapped.fields.flatMap((field) => field.controls.map((control) => [control, field])))
        const byQuestion = new Map(mapped.fields.map((field) => [field.question, field]))
        const entries = this.#lastEntries.flatMap((entry) => this.#moved(entry, owned, byControl, byQuestion))
        // A page that watches itself and calls this at every change must come to rest.
        if (this.#shown.holds() && this.#summary.holds() && isSame(this.#lastShown, this.#toShow(mapped, entries))) return
        const { hasFocus } = this.#summary
        this.#show(mapped, entries, new Set())
        if (hasFocus) this.#summary.focus()
      } catch (error) {
        this.#fail(error)
      }
    }

    /** The entry at the controls that stand there now, if any do. A row goes by its controls: its number changes with those before it. */
    #moved(entry, owned, byControl, byQuestion) {
      if (entry.field === undefined) return [entry]
      const { controls, question } = entry.field
      const stays = controls.every((control) => owned.has(control))
      const isOld = (control) => this.#seen.has(control)
      const known = stays ? byControl.get(controls[0]) : byQuestion.get(question)
      const isIt = known && (stays ? controls.every((control) => known.controls.includes(control)) : !known.controls.every(isOld))
      const field = isIt ? known : stays && fieldAround(question, controls, [...owned].filter(isAnswerable))
      return field ? [{ ...entry, field, targets: field.targets(entry.finding.parts) }] : []
    }

    /** Which control was taken for which question. */
    describe() {
      this.#settle()
      const { fields, notFound, unmapped } = this.#map()
      const words = wordsIn(this.#settings?.language ?? 'en')
      return {
        fields: Object.fromEntries(fields.map((field) => [field.question, { controls: field.controls, by: field.by, label: field.label(words) }])),
        notFound,
        unmapped
      }
    }

    /** Makes the page what it was. */
    destroy() {
      if (this.#state === 'destroyed') return
      this.#state = 'destroyed'
      unlisten(this.#form, 'submit', this.#onSubmit, true)
      this.#takeAllBack()
      this.#served = []
      taken.delete(this.#form)
    }

    /** What the page asks for, for a page that asks before we have started. What is wrong with it is told by the start. */
    #settle() {
      try {
        this.#settings ??= settingsOf(this.#form, this.#config)
      } catch {
        return
      }
    }

    /** The browser's own bubbles would come before us. */
    #silenceBrowser() {
      if (!hasAttribute(this.#form, 'novalidate')) this.#taken.attribute(this.#form, 'novalidate', '')
    }

    async #start() {
      // So that a page can listen before anything is said.
      await undefined
      try {
        this.#settings = settingsOf(this.#form, this.#config)
      } catch (error) {
        this.#giveUp('config', error)
        return
      }
      try {
        await this.#startRules()
      } catch (error) {
        this.#giveUp(reasonOf(error), error)
        return
      }
      if (this.#state !== 'loading') return
      try {
        for (const [selector, names] of Object.entries(this.#settings.subsets)) this.#expectQuestions(`config.subsets[${JSON.stringify(selector)}]`, names)
        this.#judge()
        this.#expectFields()
      } catch (error) {
        this.#fail(error)
        return
      }
      this.#state = 'ready'
      this.#silenceBrowser()
      this.#tell('ncrs:ready', {})
      this.#rehearse(REHEARSALS)
    }

    /**
     * Judges again while nobody waits. What runs the first time is slow, in every engine, and a person's first press should not be it.
     * Nothing is shown, and what breaks is left for the press to meet.
     */
    #rehearse(left) {
      if (left === 0 || controlsOf(this.#form).length > MOST_REHEARSED) return
      const whenIdle = globalThis.requestIdleCallback ?? setTimeout
      whenIdle(() => {
        if (this.#state !== 'ready') return
        try {
          for (const field of this.#judge().fields) void field.place
        } catch {
          return
        }
        this.#rehearse(left - 1)
      })
    }

    async #startRules() {
      try {
        await this.#core.init()
      } catch (error) {
        if (this.#settings.fallback !== 'js' || !withoutWasm) throw error
        this.#core = await withoutWasm()
        await this.#core.init()
      }
      this.#canAsk = true
    }

    #onSubmit = (event) => {
      if (event.defaultPrevented || event.target !== this.#form) return
      const submitter = event.submitter ?? null
      if (this.#bypasses(submitter)) {
        this.#tell('ncrs:bypass', { submitter })
        return
      }
      if (this.#state === 'loading') this.#wait(event, submitter)
      if (this.#state !== 'ready') return
      let passes
      try {
        const judged = this.#judge(this.#subsetOf(submitter))
        this.#insist(judged)
        passes = this.#conclude(judged, () => judged.only !== undefined || !this.#isRefusedByBrowser(submitter, judged))
      } catch (error) {
        // Whatever broke, in the rules or in showing what they found: the form goes.
        this.#fail(error)
        return
      }
      if (passes) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }

    /** What a server found stays an error until its answer has changed, but nobody is kept from sending the same answers twice. */
    #insist(judged) {
      const asks = ({ item }) => {
        if (judged.only === undefined) return true
        const question = this.#fieldOf(item, judged)?.question
        return question !== undefined && (judged.only.includes(question) || judged.only.includes(forEveryRow(question)))
      }
      this.#served = this.#served.filter((served) => {
        if (!asks(served)) return true
        const field = this.#fieldOf(served.item, judged)
        return field !== undefined && stateOf(field) === served.held
      })
      const served = this.#served.filter(asks)
      const answers = JSON.stringify(judged.pairs)
      const isRepeated = this.#insisted === answers
      if (judged.only === undefined || served.length > 0) this.#insisted = served.length > 0 ? answers : undefined
      if (isRepeated || served.length === 0) return
      const isOurs = ({ field, served }) => judged.found.some((own) => own.finding.severity === 'error' && own.field?.question === field?.question && agrees(own.finding, served))
      const added = served.map(({ item }) => ({ ...this.#added({ rule: 'SERVER', ...item }, judged), served: item }))
      this.#include(added.filter((entry) => !isOurs(entry)), judged)
    }

    /** Shows what there is to mend and tells the page. True when the form can go. */
    #conclude(judged, asksBrowser = () => true) {
      const added = []
      const goesOn = this.#tell('ncrs:check', { report: judged.report, add: (finding) => added.push(this.#added(finding, judged)) }, true)
      // Whoever cancels the check, or takes the component away meanwhile, wants the form to go.
      if (!goesOn || this.#state !== 'ready') return true
      if (added.length > 0) this.#include(added, judged)
      this.#show(judged, judged.entries, judged.controls)
      if (judged.entries.length > 0) {
        this.#focus()
        this.#tell('ncrs:invalid', { report: judged.report })
        return false
      }
      if (!asksBrowser()) return false
      this.#tell('ncrs:valid', { report: judged.report })
      return true
    }

    #bypasses(submitter) {
      if (submitter === null) return false
      if (hasAttribute(submitter, 'data-ncrs-bypass')) return true
      const { bypass } = this.#config
      if (typeof bypass === 'string' && matchesSafely(submitter, bypass)) return true
      // A button with questions of its own is asked for in the configuration; what it says to browsers is for pages without us.
      if (!hasAttribute(submitter, 'formnovalidate') || this.#subsetOf(submitter)) return false
      // Some form builders put it on every button; then it means nothing.
      const images = findAll(rootOf(this.#form), 'input[type="image"]').filter((image) => image.form === this.#form)
      return [...controlsOf(this.#form), ...images].some((control) => isSubmitter(control) && !hasAttribute(control, 'formnovalidate'))
    }

    #subsetOf(submitter) {
      if (submitter === null) return undefined
      return Object.entries(this.#settings?.subsets ?? {}).find(([selector]) => matchesSafely(submitter, selector))?.[1]
    }

    /** Holds a press until the rules have started, if the page wants that. */
    #wait(event, submitter) {
      if (this.#config.whileLoading !== 'wait' || typeof HTMLFormElement.prototype.requestSubmit !== 'function') return
      if (this.#letGo) {
        this.#letGo = false
        return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      if (this.#waiting) return
      this.#waiting = true
      let timer
      const long = new Promise((done) => {
        timer = setTimeout(done, LONGEST_WAIT)
      })
      Promise.race([this.ready, long]).then(() => {
        clearTimeout(timer)
        this.#waiting = false
        this.#letGo = this.#state === 'loading'
        try {
          requestSubmit(this.#form, submitter)
        } catch {
          // The button has been taken away meanwhile.
          requestSubmit(this.#form)
        }
      })
    }

    /** Asks the browser about controls that are not ours to judge, where its own asking was switched off for us. */
    #isRefusedByBrowser(submitter, { fields }) {
      if (this.#taken.isEmpty || (submitter !== null && hasAttribute(submitter, 'formnovalidate'))) return false
      const ours = new Set(fields.flatMap(({ controls }) => controls))
      // Elements that a page defines itself are among them, and need not show how they stand. A fieldset stands as what is in it.
      const refused = controlsOf(this.#form).find((control) => !ours.has(control) && control.localName !== 'fieldset' && matches(control, ':invalid') && isOpen(control))
      if (refused === undefined) return false
      return typeof refused.reportValidity === 'function' ? !refused.reportValidity() : !reportValidity(this.#form)
    }

    #map() {
      const specs = this.#settings?.fields ?? {}
      return fieldsOf({ form: this.#form, specs, known: (names) => this.#knownAmong(names), fault })
    }

    /** Which of these names are questions. The rules say which they do not know. */
    #knownAmong(names) {
      if (!this.#canAsk) return new Set(names)
      const asked = [...new Set(names)].filter((name) => !this.#known.has(name))
      if (asked.length > 0) {
        const { unknown } = this.#core.check(this.#settings.form, asked.map((name) => [name, '']), { today: this.#settings.today(), asked: [] })
        const strange = new Set(unknown)
        for (const name of asked) this.#known.set(name, !strange.has(name))
      }
      return new Set(names.filter((name) => this.#known.get(name)))
    }

    /** A name that is no question would silence a button for good, without a word. */
    #expectQuestions(where, names) {
      if (!Array.isArray(names)) throw fault(`${where}: expected a list of questions, found ${kindOf(names)}`)
      const { fields } = this.#settings
      const others = names.filter((name) => !Object.hasOwn(fields, name) && !Object.hasOwn(fields, forEveryRow(name)))
      const known = this.#knownAmong(others.map(inFirstRow))
      const strange = others.find((name) => !known.has(inFirstRow(name)))
      if (strange !== undefined) throw fault(`${where}: expected the names of questions or of fields in config.fields, found ${JSON.stringify(strange)}`)
    }

    /** A mistake in what the page asks is told at once, also of what is closed or not there yet: not when somebody presses. */
    #expectFields() {
      const { fields: specs, form } = this.#settings
      const there = this.#map().fields
      const written = Object.entries(specs).map(([question, spec]) => ({ question, spec, controls: [], label: () => question }))
      const { asked, isKnown } = this.#asked([...there, ...written])
      // Pages of several forms may share a configuration: what is of none here and not there is of another.
      const all = [...there, ...written.filter(({ question, spec }) => spec.kind || isKnown(question))]
      for (const { question, spec } of all) if (spec.when) this.#expectQuestions(`config.fields[${JSON.stringify(question)}]`, [spec.when.field])
      this.#core.check(form, [], { ...this.#settings.options(), asked, fields: fieldRules(this.#settings, all, all, isKnown) })
    }

    /** The questions of the rules among fields, and which names of the page the rules know. */
    #asked(fields) {
      const names = fields.map(({ question }) => question)
      const known = this.#knownAmong([...names, ...Object.keys(this.#settings.fields)].map(inFirstRow))
      const isKnown = (question) => known.has(inFirstRow(question))
      return { isKnown, asked: [...new Set(names.map(forEveryRow))].filter(isKnown) }
    }

    #judge(wanted) {
      const settings = this.#settings
      const mapped = this.#map()
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
      const { asked, isKnown } = this.#asked(mapped.fields)
      const fields = fieldRules(settings, mapped.fields, open.values(), isKnown)
      const only = wanted?.filter(isThere)
      // Words for a field of the page that is not there now are for later; about any other name the rules say what is wrong.
      const isLater = (question) => !isThere(question) && !isKnown(question) && (Object.hasOwn(settings.fields, question) || Object.hasOwn(settings.fields, forEveryRow(question)))
      const messages = Object.fromEntries(
        Object.entries(settings.messages ?? {}).filter(([key]) => {
          const [, question] = /@(.*)$/s.exec(key) ?? []
          return question === undefined || !isLater(question)
        })
      )
      const options = { ...settings.options(), asked, messages }
      if (only !== undefined) options.only = only
      if (Object.keys(fields).length > 0) options.fields = fields
      const report = this.#core.check(settings.form, pairs, options)
      const found = report.findings.filter(({ question }) => open.has(question))
      const judged = { ...mapped, open, only, pairs, report, entries: [], controls: new Set() }
      for (const [question, field] of open) {
        const isJudged = only === undefined || only.includes(question) || only.includes(forEveryRow(question))
        if (isJudged) for (const control of field.controls) judged.controls.add(control)
      }
      const fellBack = this.#fellBack(settings, pairs, options)
      this.#report(judged, found.map((finding) => ({ finding, field: open.get(finding.question), lang: fellBack(finding) ? 'en' : undefined })))
      return judged
    }

    /** Whether a finding's message fell back to English: on a Welsh page, one that reads the same in both and is not the host's. */
    #fellBack({ language, form, messages = {} }, pairs, options) {
      if (language === 'en') return () => false
      const english = this.#core.check(form, pairs, { ...options, language: 'en' })
      const same = new Set(english.findings.map(({ rule, question, message }) => `${rule}@${question} ${message}`))
      const isHosts = ({ rule, question }) => [rule, `${rule}@${question}`, `${rule}@${forEveryRow(question)}`].some((key) => Object.hasOwn(messages, key))
      return (finding) => same.has(`${finding.rule}@${finding.question} ${finding.message}`) && !isHosts(finding)
    }

    /** Puts findings in the order of the page, with their controls, and makes the entries of the errors. */
    #report(judged, found) {
      const words = wordsIn(this.#settings.language)
      const all = found.map((each) => ({ ...each, targets: each.targets ?? each.field?.targets(each.finding.parts) ?? [] }))
      const place = new Map(all.map((each, at) => [each, at]))
      all.sort((one, other) => (one.field?.rank ?? -1) - (other.field?.rank ?? -1) || place.get(one) - place.get(other))
      const messages = told(all, words)
      // Elements lead to what was typed, so they are there for a program that asks and in no copy or log.
      const findings = all.map(({ finding: { suggestion, ...finding }, targets }, at) => Object.defineProperty({ ...finding, message: messages[at] }, 'targets', { value: targets }))
      const severities = new Set(findings.map(({ severity }) => severity))
      const outcome = severities.has('stop') ? 'stop' : severities.has('error') ? 'reject' : 'accept'
      judged.report = { ...judged.report, outcome, findings }
      judged.found = all
      judged.entries = all.flatMap(({ finding, field, lang, targets, served }, at) => {
        if (finding.severity !== 'error') return []
        const suggested = finding.suggestion && this.#settings.suggestions ? ` ${words.suggestion(finding.suggestion)}` : ''
        return [{ field, targets, lang, served, finding, text: messages[at] + suggested }]
      })
    }

    /** A finding that the page adds while we check. */
    #added(given, judged) {
      if (typeof given?.message !== 'string') throw fault(`detail.add(finding): expected a message, found ${kindOf(given?.message)}`)
      const { rule = 'PAGE', question = '', severity = 'error', message, params = {}, parts } = given
      const finding = { rule, question, severity, message, params }
      if (parts) finding.parts = parts
      return { finding, field: this.#fieldOf(given, judged) }
    }

    #include(added, judged) {
      this.#report(judged, [...judged.found.map(({ finding, field, lang, served }) => ({ finding, field, lang, served })), ...added])
    }

    /** The field that an entry of a server or of the page speaks of. */
    #fieldOf({ question, selector }, { fields }) {
      const named = fields.find((field) => field.question === question)
      return named ?? adHocField(this.#form, { question, selector }, fields)
    }

    #lastEntries = []
    #lastShown = []
    /** The controls that were there when errors were shown. */
    #seen = new WeakSet()
    #summary

    /** What is to be shown: our errors, and those of a server that are not among them. */
    #toShow(mapped, entries) {
      const served = this.#served.flatMap(({ item }) => {
        const field = mapped && this.#fieldOf(item, mapped)
        if (entries.some((entry) => entry.served === item || (entry.field?.question === field?.question && agrees(entry.finding, item)))) return []
        return [{ field, targets: field?.targets() ?? [], text: item.message }]
      })
      return [...entries, ...served]
    }

    #show(mapped, entries, judgedControls) {
      const words = wordsIn(this.#settings?.language ?? 'en')
      this.#shown.undo()
      const generation = generationOf(this.#form, this.#config.prefix)
      this.#lastEntries = entries
      const all = this.#toShow(mapped, entries)
      this.#lastShown = all
      for (const { controls } of mapped?.fields ?? []) for (const control of controls) this.#seen.add(control)
      const touched = new Set(all.flatMap(({ field }) => field?.controls ?? []))
      const place = this.#place()
      const summary = summaryOf(this.#form)
      // The form may have been moved to another document, shadow root or dialog.
      if (this.#summary !== summary) this.#summary?.drop(this)
      this.#summary = summary
      summary.retire(this, { generation, place, form: this.#form, judged: new Set([...judgedControls, ...touched]) })
      const retired = (mapped?.fields ?? []).filter(({ controls }) => controls.some((control) => judgedControls.has(control) || touched.has(control)))
      if (generation.hasErrors) {
        for (const field of new Set([...retired, ...all.flatMap(({ field, finding }) => (field && !finding ? [field] : []))])) retireMessages(this.#retired, field, generation.prefix)
      }
      const freeId = freeIds(rootOf(this.#form))
      for (const entry of all) if (entry.field && entry.targets.length > 0) showMessage(this.#shown, entry, { generation, words, freeId, ariaInvalid: this.#config.ariaInvalid === true })
      summary.show(this, { entries: all, form: this.#form, generation, words, place })
    }

    #place() {
      const { summary } = this.#config
      return typeof summary === 'string' ? find(rootOf(this.#form), summary) ?? undefined : summary
    }

    #focus() {
      if (this.#config.disableAutoFocus !== true) this.#summary?.focus()
    }

    #tell(name, detail, cancelable = false) {
      const document = documentOf(this.#form)
      const { CustomEvent } = document.defaultView ?? globalThis
      return dispatch(this.#form, new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }))
    }

    #expectReady(call) {
      if (this.#state !== 'ready') throw fault(`${call}: expected a component that is ready, found one that is ${this.#state}`)
    }

    /** The rules broke, or the page asked for what makes no sense. */
    #fail(error) {
      this.#giveUp(isFault(error) ? 'config' : 'fault', error)
    }

    #giveUp(reason, error) {
      if (this.#state === 'destroyed') return
      this.#canAsk = false
      this.#takeAllBack()
      this.#state = 'unavailable'
      this.#showServed()
      console.warn(`ncrs-form-check: ${remedyFor(reason, error)} The form works without it.`)
      try {
        if (typeof this.#config?.onError === 'function') this.#config.onError(error)
      } catch (thrown) {
        // The page's own mistake, told as if its listener had made it.
        queueMicrotask(() => {
          throw thrown
        })
      }
      this.#tell('ncrs:unavailable', { reason })
    }

    /** What a server found stays said, also without the rules. */
    #showServed() {
      if (this.#served.length === 0) return
      try {
        this.#show(this.#map(), [], new Set())
      } catch {
        this.#takeAllBack()
      }
    }

    #takeAllBack() {
      this.#shown.undo()
      this.#summary?.drop(this)
      this.#retired.undo()
      this.#taken.undo()
    }
  }

  return { FormCheck, createAll }
}

/** Makes a component for every form that is marked, as the design systems' own function does. */
export function createAll(Component, config, scopeOrOptions) {
  const isOptions = typeof scopeOrOptions === 'object' && scopeOrOptions !== null && !('nodeType' in scopeOrOptions)
  const { scope, onError } = isOptions ? scopeOrOptions : { scope: scopeOrOptions }
  const tell = typeof scopeOrOptions === 'function' ? scopeOrOptions : onError
  // A scope that was looked for and not found holds no forms.
  if (scope === null) return []
  const root = scope === undefined || typeof scope === 'function' ? globalThis.document : scope
  return findAll(root, `[data-module="${Component.moduleName}"]`).flatMap((element) => {
    try {
      return [config === undefined ? new Component(element) : new Component(element, config)]
    } catch (error) {
      if (tell) tell(error, { element, component: Component, config })
      else console.warn(error.message)
      return []
    }
  })
}

/** True when two, of one question, say the same: by rule or by word. */
const agrees = (one, other) => one.message === other.message || (one.rule !== undefined && one.rule === other.rule)

const isSame = (before, now) =>
  before.length === now.length &&
  before.every(({ text, targets }, at) => text === now[at].text && targets.length === now[at].targets.length && targets.every((target, which) => target === now[at].targets[which]))

const isFault = (error) => error instanceof Error && error.message.startsWith('ncrs-form-check: ') && error.name !== 'RulesBroken'

const isSubmitter = (control) => control.type === 'submit' || control.type === 'image'

/** A selector of the configuration was tried once, when the component started. */
function matchesSafely(element, selector) {
  try {
    return matches(element, selector)
  } catch {
    return false
  }
}
