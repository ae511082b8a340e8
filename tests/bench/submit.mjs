// How long does a person wait from the press of the button until the summary of 40 errors has the focus? Runs inside a page.

import { summary } from './timing.mjs'

/** A group as the design system lays it out. Words do not matter here, only that each control has a label. */
function groupOf({ question, kind, options = ['yes', 'no'] }) {
  const group = document.createElement('div')
  group.className = 'nhsuk-form-group'
  const id = question.replaceAll('.', '-')
  if (kind === 'text') {
    group.innerHTML = `<label class="nhsuk-label" for="${id}">${question}</label><input class="nhsuk-input" id="${id}" name="${question}">`
    return group
  }
  const type = kind === 'choice' ? 'radio' : 'checkbox'
  const family = type === 'radio' ? 'radios' : 'checkboxes'
  const items = options.map(
    (value, at) =>
      `<div class="nhsuk-${family}__item"><input class="nhsuk-${family}__input" type="${type}" id="${id}-${at}" name="${question}" value="${value}"><label class="nhsuk-label nhsuk-${family}__label" for="${id}-${at}">${value}</label></div>`
  )
  group.innerHTML = `<fieldset class="nhsuk-fieldset"><legend class="nhsuk-fieldset__legend">${question}</legend><div class="nhsuk-${family}">${items.join('')}</div></fieldset>`
  return group
}

/**
 * Milliseconds of the first press on this page, and of the presses after it.
 *
 * @param {string} entry the address of the package
 * @param {{ question: string, kind: string, options?: string[] }[]} questions of `pds-access`, which have 32 errors when blank
 */
export async function pressButton(entry, questions, today) {
  const { FormCheck } = await import(entry)
  const form = document.querySelector('form')
  const fields = {}
  const own = Array.from({ length: 8 }, (_, at) => ({ question: `own-${at + 1}`, kind: 'text' }))
  for (const each of [...questions, ...own]) form.append(groupOf(each))
  for (const { question } of own) fields[question] = { name: question, kind: 'text', required: true }
  form.insertAdjacentHTML('beforeend', '<button class="nhsuk-button">Send</button>')
  const check = new FormCheck(form, { form: 'pds-access', today, fields })
  await check.ready
  if (check.state !== 'ready') throw new Error(`the component is ${check.state}`)
  // Nobody presses in the moment in which a page starts.
  await new Promise((done) => setTimeout(done, 500))
  const button = form.querySelector('button')

  const press = () => {
    // Whatever is still to be laid out is not the component's work.
    document.body.getBoundingClientRect()
    const from = performance.now()
    button.click()
    const took = performance.now() - from
    const links = document.activeElement.querySelectorAll('li a')
    if (links.length !== 40) throw new Error(`the focused summary has ${links.length} errors`)
    check.clear()
    return took
  }
  const first = press()
  const later = summary(Array.from({ length: 15 }, press))
  check.destroy()
  return { first, later: later.median }
}
