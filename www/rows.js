// How does a person add one more row without leaving the page? The last row is copied and emptied. Without this script the same button
// asks the server for the page with one more row.

import { Checkboxes, Radios, createAll } from '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.js'

/** Makes the buttons work here, and calls `added` after each new row. */
export function addRowsHere(form, added) {
  for (const rows of form.querySelectorAll('[data-rows]')) {
    const button = rows.querySelector('[data-add]')
    button.type = 'button'
    button.addEventListener('click', () => {
      const last = [...rows.querySelectorAll('.app-row')].at(-1)
      const row = nextOf(last, rows.querySelectorAll('.app-row').length, rows.dataset.noun)
      last.after(row)
      createAll(Radios, undefined, row)
      createAll(Checkboxes, undefined, row)
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
  for (const message of row.querySelectorAll('.nhsuk-error-message')) message.remove()
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
