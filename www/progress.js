// How far is the person, and what is still needed? Told when a section is left, in a list at the top; never as an error before sending.

import { element, inEnglish } from './element.js'

const plain = 'nhsuk-tag--no-colour nhsuk-tag--no-border nhsuk-u-font-weight-normal'
const classes = {
  not_started: 'nhsuk-tag--blue',
  in_progress: 'nhsuk-tag--purple',
  problem: 'nhsuk-tag--red',
  completed: plain,
  not_needed: `${plain} nhsuk-u-secondary-text-colour`
}

/** Keeps the list, what is needed and what stops the application up to date. */
export function followProgress(form, check, words) {
  // A page that the server filled again has been sent once.
  let sent = document.querySelector('.nhsuk-error-summary') !== null
  const nextSteps = fetch('/reference.json').then((answer) => answer.json()).catch(() => ({}))
  const update = () => {
    if (check.state !== 'ready') return
    const report = check.validate()
    showTasks(report, sent, words)
    showNeeded(report, check.describe().fields, words)
    tellStops(report, nextSteps, words)
  }
  const updateBetweenPresses = betweenPresses(update)
  for (const section of form.querySelectorAll('[data-section]')) {
    section.addEventListener('focusout', ({ relatedTarget }) => {
      if (!section.contains(relatedTarget)) updateBetweenPresses()
    })
  }
  form.addEventListener('ncrs:invalid', () => {
    sent = true
    update()
  })
  window.addEventListener('pageshow', update)
  update()
}

/**
 * The same work, but never while a button of the mouse is down: what is shown above would move the page away under the pointer, and the
 * press would be lost.
 */
function betweenPresses(work) {
  let isDown = false
  let isWaiting = false
  document.addEventListener('pointerdown', () => { isDown = true }, true)
  for (const end of ['pointerup', 'pointercancel']) {
    document.addEventListener(
      end,
      () => {
        isDown = false
        if (!isWaiting) return
        isWaiting = false
        // After the click that follows.
        setTimeout(work)
      },
      true
    )
  }
  return () => {
    if (isDown) isWaiting = true
    else work()
  }
}

function showTasks({ sections }, sent, words) {
  for (const { id, status } of sections) {
    const place = document.getElementById(`task-${id}`)
    // What the person has not sent is not a problem yet.
    const shown = status === 'problem' && !sent ? 'in_progress' : status
    if (!place) continue
    // A section that is not asked is not shown: a link would lead nowhere.
    const task = place.closest('[data-task]')
    const link = task.querySelector('.nhsuk-task-list__link')
    task.classList.toggle('nhsuk-task-list__item--with-link', shown !== 'not_needed')
    if (shown === 'not_needed') link.removeAttribute('href')
    else link.setAttribute('href', `#${id}`)
    place.replaceChildren(element('strong', { class: `nhsuk-tag ${classes[shown]}` }, words[`status_${shown}`]))
  }
}

function showNeeded({ sections }, fields, words) {
  const details = document.getElementById('needed')
  const text = details.querySelector('.nhsuk-details__text')
  const lists = sections.flatMap(({ title, missing }) => {
    const items = missing.filter((question) => fields[question]).map((question) => {
      const { controls, label } = fields[question]
      return element('li', {}, element('a', { href: `#${controls[0].id}`, ...inEnglish() }, questionIn(label) + rowOf(question)))
    })
    return items.length > 0 ? [element('h3', { class: 'nhsuk-heading-xs', ...inEnglish() }, title), element('ul', { class: 'nhsuk-list nhsuk-list--bullet' }, ...items)] : []
  })
  text.replaceChildren(...(lists.length > 0 ? lists : [element('p', {}, words.nothing_needed)]))
  details.hidden = false
}

/** The question in `your answer to “Are you?”`, which is what the component calls it inside a sentence. */
export const questionIn = (label) => /“(.*)”$/.exec(label)?.[1] ?? label

/** ` (3)` for a question of the third row. */
function rowOf(question) {
  const row = /\[(\d+)\]/.exec(question)
  return row ? ` (${Number(row[1]) + 1})` : ''
}

/** What sends the person elsewhere is no mistake: it is told as information, with what to do next. */
async function tellStops({ findings }, nextSteps, words) {
  const stops = findings.filter(({ severity }) => severity === 'stop')
  const { next = {} } = await nextSteps
  const panels = stops.map(({ rule, question, message }) =>
    element(
      'div',
      { class: 'nhsuk-inset-text', 'data-rule': rule, 'data-question': question },
      element('span', { class: 'nhsuk-u-visually-hidden' }, `${words.information} `),
      element('h2', { class: 'nhsuk-heading-s' }, words.stop),
      element('p', inEnglish(), message),
      next[rule] && element('p', {}, element('strong', {}, `${words.next_step}:`), ' ', element('span', inEnglish(), next[rule]))
    )
  )
  const place = document.getElementById('stops')
  // Said again it would be read out again.
  const told = [...place.children].map(({ dataset }) => dataset.rule).join()
  if (told !== stops.map(({ rule }) => rule).join()) place.replaceChildren(...panels)
}
