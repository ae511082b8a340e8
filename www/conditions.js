// Which questions does the person not need to see? Questions that other answers decide about come and go with them.
//
// The tests stand in the page (`data-shown-when`), as the tables of the rules have them. What is hidden stays filled in and is sent; the
// page only says that it was closed, so that the server takes what is left over there for no answer, as the page does.

const CLOSED = '[hidden], .nhsuk-radios__conditional--hidden, .nhsuk-checkboxes__conditional--hidden'

/** Shows and hides, now and whenever an answer changes. */
export function showWhatApplies(form) {
  const update = () => {
    const answers = new FormData(form)
    for (const block of form.querySelectorAll('[data-shown-when]')) {
      block.hidden = !JSON.parse(block.dataset.shownWhen).every((test) => holds(answers, test))
    }
  }
  form.addEventListener('change', update)
  // A browser that goes back in its history fills the form after this script ran.
  window.addEventListener('pageshow', update)
  update()
}

/** Adds to what is sent the names of the questions that nobody could see. */
export function tellWhatIsClosed(form) {
  form.addEventListener('formdata', ({ formData }) => {
    const closed = [...form.elements].filter((control) => control.name !== '' && control.closest(CLOSED) !== null)
    for (const name of new Set(closed.map((control) => control.name))) formData.append('page.closed', name)
  })
}

function holds(answers, { question, is, not = false }) {
  return answers.getAll(question).some((answer) => is.includes(answer)) !== not
}
