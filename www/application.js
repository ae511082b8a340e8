// How does a service put the form check on its own form? This is all of it: the design system's scripts, the component, and what this
// service shows besides.
//
// Without this script, and where anything of it fails, the form is sent as any form: the server checks the answers again in any case.

import { FormCheck } from '/pkg/dist/index.js'
import { CharacterCount, Checkboxes, Radios, SkipLink, createAll } from '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.js'
import { showWhatApplies, tellWhatIsClosed } from './conditions.js'
import { followProgress } from './progress.js'
import { offerReview } from './review.js'
import { addRowsHere } from './rows.js'

const form = document.getElementById('application')

// From here on the design system hides what is not asked, so its scripts must run.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
for (const Component of [CharacterCount, Checkboxes, Radios, SkipLink]) createAll(Component)

const words = JSON.parse(form.dataset.words)
showWhatApplies(form)
tellWhatIsClosed(form)

// The server says which day it checks on; on a page from anywhere else it is the visitor's own.
const check = new FormCheck(form, form.dataset.today ? { today: form.dataset.today } : {})
addRowsHere(form, words, () => check.refresh())

// A server's list of errors is what the person needs first.
document.querySelector('.nhsuk-error-summary')?.setAttribute('tabindex', '-1')
document.querySelector('.nhsuk-error-summary')?.focus()

await check.ready
if (check.state === 'ready') {
  followProgress(form, check, words)
  offerReview(form, check, words)
}
