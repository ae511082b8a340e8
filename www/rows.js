// How does a person add one more row without leaving the page? The last row is copied and emptied. Without this script the same button
// asks the server for the page with one more row.

import { CharacterCount, Checkboxes, Radios, createAll } from '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.js'

import { element } from './element.js'

/** Makes the buttons work here, and calls `added` after each new row. */
export function addRowsHere(form, words, added) {
  for (const rows of form.querySelectorAll('[data-rows]')) {
    const button = rows.querySelector('[data-add]')
    if (button === null) continue
    button.type = 'button'
    button.addEventListener('click', () => {
      const all = [...rows.querySelectorAll('.app-row')]
      const last = all.at(-1)
      const row = nextOf(last, all.length, rows.dataset.noun)
      last.after(row)
      for (const Component of [CharacterCount, Checkboxes, Radios]) createAll(Component, undefined, row)
      // The server draws no more.
      if (all.length + 1 >= Number(rows.dataset.most)) button.replaceWith(element('p', { lang: button.lang || null }, words.rows_most))
      added()
      row.querySelector('input, select, textarea').focus()
    })
  }
}

function nextOf(last, number, noun) {
  const row = last.cloneNode(true)
  const from = number - 1
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (name.endsWith('-init')) element.removeAttribute(name)
      else if (['id', 'for', 'aria-describedby', 'aria-controls', 'data-aria-controls'].includes(name)) element.setAttribute(name, value.replaceAll(`-${from}-`, `-${number}-`))
      else if (['name', 'data-shown-when'].includes(name)) element.setAttribute(name, value.replaceAll(`[${from}]`, `[${number}]`))
    }
  }
  row.querySelector('legend').textContent = `${noun} ${number + 1}`
  for (const control of row.querySelectorAll('input, select, textarea')) empty(control)
  // The character count of the row that was copied; that of this one makes its own.
  for (const count of row.querySelectorAll('.nhsuk-character-count__status, .nhsuk-character-count__sr-status')) count.remove()
  for (const most of row.querySelectorAll('.nhsuk-character-count__message')) most.classList.remove('nhsuk-u-visually-hidden')
  for (const message of row.querySelectorAll('.nhsuk-error-message')) message.remove()
  for (const described of row.querySelectorAll('[aria-describedby]')) {
    const left = described.getAttribute('aria-describedby').split(' ').filter((id) => row.querySelector(`#${CSS.escape(id)}`) !== null)
    if (left.length > 0) described.setAttribute('aria-describedby', left.join(' '))
    else described.removeAttribute('aria-describedby')
  }
  for (const marked of row.querySelectorAll('[class*="--error"]')) marked.classList.remove(...[...marked.classList].filter((name) => name.endsWith('--error')))
  return row
}

function empty(control) {
  if (control.type === 'radio' || control.type === 'checkbox') {
    control.removeAttribute('checked')
    control.checked = false
  } else if (control instanceof HTMLSelectElement) {
    control.selectedIndex = 0
  } else {
    control.removeAttribute('value')
    control.value = ''
  }
}
