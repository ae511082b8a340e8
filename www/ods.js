// How does a page check an ODS code before it is sent, with nothing but the core of the package?
//
// If anything here does not load, does not start or breaks, the form posts as if there were no script: the server decides in any case.

import { checkOdsCode, init } from '/pkg/dist/core.js'

const form = document.querySelector('form')
const code = document.getElementById('code')
const result = document.getElementById('result')
const checkButton = document.getElementById('check')
const title = document.title

/** The box that a question of the package is on this page. */
const controls = { 'organisation.ods_code': code, 'dspt.ods_code': code, 'organisation.parent_ods_code': document.getElementById('parent') }

const kindOfCode = { ods: 'an ODS code', dspt: 'a DSPT code' }
const verdicts = {
  plausible: ({ code }, kind) => `${code} looks like ${kind}`,
  unusual: ({ code }, kind) => `${code} may be ${kind}`,
  retired: ({ code }, kind) => `${code} may be ${kind} that is no longer used`
}

await init()
checkButton.hidden = false
checkButton.addEventListener('click', () => show(judge()))
form.addEventListener('submit', (event) => {
  const check = judge()
  const mendable = check.findings.some(({ severity }) => severity === 'error')
  if (!mendable) return
  event.preventDefault()
  show(check)
})

function judge() {
  const answers = new FormData(form)
  return checkOdsCode(answers.get('organisation.ods_code'), {
    box: answers.get('box'),
    organisationType: answers.get('organisation.type'),
    parent: answers.get('organisation.parent_ods_code')
  })
}

/** Errors are shown where an NHS page shows errors, everything else beside the button. */
function show(check) {
  const errors = check.findings.filter(({ severity }) => severity === 'error')
  clearErrors()
  result.replaceChildren(...panel(check))
  if (errors.length > 0) showErrors(errors)
}

function panel(check) {
  const parts = []
  if (check.verdict in verdicts) {
    parts.push(element('h2', { class: 'nhsuk-heading-s' }, verdicts[check.verdict](check, kindOfCode[new FormData(form).get('box')])))
    for (const { severity, message } of check.findings) {
      if (severity !== 'error') parts.push(element('p', {}, /[.?!]$/.test(message) ? message : `${message}.`))
    }
    if (check.kinds.length > 0) {
      parts.push(element('p', {}, 'Codes like this are used for:'))
      parts.push(element('ul', { class: 'nhsuk-list nhsuk-list--bullet' }, ...check.kinds.map(({ name }) => element('li', {}, name))))
    }
    if (check.verdict === 'plausible') parts.push(element('p', {}, 'This does not tell you whether an organisation has the code. You can look it up on the ODS Data Search and Export service.'))
  }
  if (check.suggestion !== undefined) {
    const use = element('button', { class: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small', type: 'button' }, `Use ${check.suggestion}`)
    use.addEventListener('click', () => {
      code.value = check.suggestion
      show(judge())
      // The button is gone: whoever pressed it by keyboard is taken to what it changed.
      code.focus()
    })
    parts.push(element('p', {}, `Did you mean ${check.suggestion}?`), use)
  }
  return parts.length > 0 ? [element('div', { class: 'nhsuk-inset-text' }, ...parts)] : []
}

function showErrors(errors) {
  const items = errors.map(({ question, message }) => {
    const control = controls[question]
    showInline(control, message)
    const link = element('a', { href: `#${control.id}` }, message)
    link.addEventListener('click', (event) => {
      event.preventDefault()
      document.querySelector(`label[for="${control.id}"]`).scrollIntoView()
      control.focus({ preventScroll: true })
    })
    return element('li', {}, link)
  })
  const summary = element(
    'div',
    { class: 'nhsuk-error-summary', id: 'summary', tabindex: '-1' },
    element(
      'div',
      { role: 'alert' },
      element('h2', { class: 'nhsuk-error-summary__heading' }, 'There is a problem'),
      element('div', { class: 'nhsuk-error-summary__body' }, element('ul', { class: 'nhsuk-list nhsuk-error-summary__list' }, ...items))
    )
  )
  document.querySelector('h1').before(summary)
  document.title = `Error: ${title}`
  summary.focus()
}

function showInline(control, message) {
  const hidden = element('span', { class: 'nhsuk-u-visually-hidden' }, 'Error: ')
  const error = element('span', { class: 'nhsuk-error-message', id: `${control.id}-error` }, hidden, message)
  control.before(error)
  control.classList.add('nhsuk-input--error')
  control.closest('.nhsuk-form-group').classList.add('nhsuk-form-group--error')
  control.setAttribute('aria-describedby', `${control.id}-hint ${error.id}`)
}

function clearErrors() {
  document.title = title
  document.getElementById('summary')?.remove()
  for (const control of new Set(Object.values(controls))) {
    document.getElementById(`${control.id}-error`)?.remove()
    control.classList.remove('nhsuk-input--error')
    control.closest('.nhsuk-form-group').classList.remove('nhsuk-form-group--error')
    control.setAttribute('aria-describedby', `${control.id}-hint`)
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}
