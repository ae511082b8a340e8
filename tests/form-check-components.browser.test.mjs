// What of controls that a design system's scripts replace, count or hide, and of mistakes that nobody sees until such a part opens?

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { box, formOf, pageOf, radios, startOwnPages } from './pages/own.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

const code = { name: 'ods', kind: 'ods-code', required: true, label: 'ODS code' }
const designSystem = (name) => `import { ${name}, createAll } from '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.js'
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
createAll(${name})`

async function seen() {
  const { wrong, entries, messages, focus } = await own.glance()
  assert.deepEqual(wrong, [])
  return { entries, messages, focus }
}

describe('what stands for a control', () => {
  const upload = `<div class="nhsuk-form-group nhsuk-file-upload" data-module="nhsuk-file-upload"><label class="nhsuk-label" for="letter">Letter</label><input class="nhsuk-file-upload__input" id="letter" name="letter" type="file"></div>`
  const letter = { fields: { letter: { name: 'letter', kind: 'text', required: true } } }
  const choose = (text) =>
    own.run((text) => {
      const files = new DataTransfer()
      files.items.add(new File([text], 'letter.txt'))
      document.querySelector('[name="letter"]').files = files.files
    }, text)

  test('a file that is chosen with a button of the design system is asked for', async () => {
    await own.open(pageOf(formOf(upload)), { config: letter, earlier: designSystem('FileUpload') })
    await own.press()
    assert.deepEqual((await seen()).entries, ['Enter letter'])
    await own.press('.nhsuk-error-summary a')
    const button = await own.run(() => {
      const { id, localName } = document.activeElement
      const described = document.activeElement.getAttribute('aria-describedby')
      return { id, localName, said: document.getElementById(described)?.textContent, isAbove: document.querySelector('.nhsuk-error-message').nextElementSibling.contains(document.activeElement) }
    })
    assert.deepEqual(button, { id: 'letter', localName: 'button', said: 'Error: Enter letter', isAbove: true })
    await choose('a')
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('an error of a server about it leads to the button, and goes with another file of the same name', async () => {
    await own.open(pageOf(formOf(upload)), { config: letter, earlier: designSystem('FileUpload') })
    await choose('much too long')
    await own.run(() => component().showErrors([{ selector: '#letter', message: 'The file is too long' }]))
    await own.press('.nhsuk-error-summary a')
    assert.equal(await own.run(() => document.activeElement.id), 'letter')
    assert.deepEqual((await seen()).messages, ['The file is too long'])
    await choose('a')
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('in a part that is closed it is not asked for', async () => {
    await own.open(pageOf(formOf(`<div hidden>${upload}</div>`)), { config: letter, earlier: designSystem('FileUpload') })
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('a box to type in that stands for a long list shows what is wrong with the list', async () => {
    const list = '<div class="nhsuk-form-group"><label class="nhsuk-label" for="org">Organisation</label><select class="nhsuk-select" id="org" name="org"><option value=""></option><option value="RAE">Bradford</option></select></div>'
    const replaces = `
      const select = document.querySelector('#org')
      select.insertAdjacentHTML('beforebegin', '<div class="autocomplete__wrapper"><input id="org" role="combobox" type="text"></div>')
      select.id = 'org-select'
      select.style.display = 'none'`
    for (const where of [{ name: 'org' }, { selector: '#org' }]) {
      await own.open(pageOf(formOf(list)), { config: { fields: { org: { ...where, kind: 'choice', required: true } } }, earlier: replaces })
      await own.press()
      assert.deepEqual((await seen()).entries, ['Select organisation'])
      await own.press('.nhsuk-error-summary a')
      const box = await own.run(() => [document.activeElement.id, document.activeElement.getAttribute('aria-describedby'), document.querySelector('.nhsuk-error-message').nextElementSibling.className])
      assert.deepEqual(box, ['org', 'org-error', 'autocomplete__wrapper'])
      await own.run(() => {
        document.querySelector('select').value = 'RAE'
      })
      await own.press()
      assert.equal((await own.posts(1)).length, 1)
    }
  })

  test('a button of the same name that opens a hidden box does not stand for it', async () => {
    await own.open(pageOf(formOf('<button type="button" id="notes">Add notes</button><div hidden><input id="notes-input" name="notes"></div>')), { config: { fields: { notes: { name: 'notes', kind: 'text', required: true } } } })
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })
})

describe('a character count', () => {
  test('takes no mark of an error away for good, and is no reason to say the errors again', async () => {
    const area = '<div class="nhsuk-form-group nhsuk-character-count" data-module="nhsuk-character-count" data-maxlength="100"><label class="nhsuk-label" for="why">Reason</label><textarea class="nhsuk-textarea nhsuk-js-character-count" id="why" name="why"></textarea><div class="nhsuk-hint nhsuk-character-count__message" id="why-info">You can enter up to 100 characters</div></div>'
    const watches = "new MutationObserver(() => ours.component().refresh()).observe(document.querySelector('form'), { childList: true, subtree: true })"
    await own.open(pageOf(formOf(area + box('ods'))), { config: { fields: { code, why: { name: 'why', kind: 'long-text', required: true } } }, earlier: designSystem('CharacterCount'), script: watches })
    await own.press()
    await own.run(() => {
      window.box = document.querySelector('.nhsuk-error-summary')
    })
    await own.do({ fill: ['#why', 'Because'] })
    const after = await own.run(async () => {
      await new Promise((done) => setTimeout(done, 300))
      return { isSame: window.box === document.querySelector('.nhsuk-error-summary'), isMarked: document.querySelector('#why').classList.contains('nhsuk-textarea--error') }
    })
    assert.deepEqual(after, { isSame: true, isMarked: true })
    assert.deepEqual((await seen()).entries, ['Enter reason', 'Enter ODS code'])
  })
})

describe('a mistake in the configuration is told when the form starts', () => {
  const closed = `<div hidden>${box('later')}</div>`
  for (const [what, fields] of [
    ['a kind that there is not, of a question that is closed', { later: { name: 'later', kind: 'ods_code' } }],
    ['a kind that there is not, of a row that is not there yet', { 'sites[].ods_code': { namePattern: 'sites[*][ods]', kind: 'ods_code' } }],
    ['a bound that is none, of a question that is closed', { later: { name: 'later', kind: 'date', mustBe: 'sometime' } }],
    ['a condition on a question that there is not', { later: { name: 'later', kind: 'text', required: true, when: { field: 'nosuch', is: 'yes' } } }]
  ]) {
    test(what, async () => {
      await own.open(pageOf(formOf(box('ods') + closed)), { config: { fields: { code, ...fields } } })
      const told = await own.run(() => ({ state: component().state, reasons: kit.events.filter(({ name }) => name === 'ncrs:unavailable').map(({ event }) => event.detail.reason) }))
      assert.deepEqual(told, { state: 'unavailable', reasons: ['config'] })
    })
  }

  test('and no mistake is none', async () => {
    const fields = {
      later: { name: 'later', kind: 'text', required: true, when: { field: 'code', is: 'RAE' } },
      'sites[].ods_code': { namePattern: 'sites[*][ods]', kind: 'ods-code', when: { field: 'organisation.type', is: 'other' } },
      'organisation.name': { name: 'org', label: 'practice' },
      'question.of.another.form': { name: 'other', label: 'other' }
    }
    await own.open(pageOf(formOf(box('ods') + closed)), { config: { fields: { code, ...fields } } })
    assert.equal(await own.run(() => component().state), 'ready')
  })
})

describe('which controls a question has', () => {
  test('the first radio of a group stands for the group', async () => {
    const group = radios('published', ['yes', 'no'], { legend: 'Published' })
    for (const [content, where] of [[group, { selector: '#published' }], [group.replace('id="published"', 'id="published" data-ncrs-field="published"'), {}]]) {
      await own.open(pageOf(formOf(content)), { config: { fields: { published: { ...where, kind: 'yes-no', required: true } } } })
      await own.press('#published-2')
      await own.press()
      assert.equal((await own.posts(1)).length, 1)
    }
  })

  test('a condition is in the words of the page, as its answers are', async () => {
    const fields = {
      transport: { name: 'transport', kind: 'choice', values: { 'opt-1': 'own' } },
      plate: { name: 'plate', kind: 'text', required: true, when: { field: 'transport', is: 'opt-1' } }
    }
    await own.open(pageOf(formOf(radios('transport', ['opt-1', 'opt-2']) + box('plate'))), { config: { fields } })
    await own.press('#transport')
    await own.press()
    assert.deepEqual((await seen()).entries, ['Enter plate'])
    await own.press('#transport-2')
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('what is invisible is not asked for, unless it is drawn at its label', async () => {
    const asked = { fields: { code, agree: { name: 'agree', kind: 'confirm', required: true } } }
    const agree = '<p><input type="checkbox" id="agree" name="agree" value="yes" style="visibility: hidden"><label for="agree">I agree</label></p>'
    await own.open(pageOf(formOf(`<div style="visibility: hidden">${box('ods')}</div>${agree}`)), { config: asked })
    await own.press()
    assert.deepEqual(await own.run(() => [...document.querySelectorAll('.nhsuk-error-summary a')].map((link) => link.hash)), ['#agree'])
    await own.press('label[for="agree"]')
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
  })

  test('what is inert is not asked for, unless the whole form is', async () => {
    await own.open(pageOf(formOf(`<div inert>${box('ods')}</div>`)), { config: { fields: { code } } })
    await own.press()
    assert.equal((await own.posts(1)).length, 1)
    await own.open(pageOf(`<div inert>${formOf(box('ods'))}</div>`), { config: { fields: { code } } })
    await own.run(() => kit.form.requestSubmit())
    assert.deepEqual((await seen()).entries, ['Enter ODS code'])
  })

  test('what is folded twice can be unfolded twice', async () => {
    await own.open(pageOf(formOf(`<details><summary>More</summary><details><summary>Still more</summary>${box('ods')}</details></details>`)), { config: { fields: { code } } })
    await own.press()
    await own.press('.nhsuk-error-summary a')
    assert.deepEqual((await seen()).focus, 'input#ods[name="ods"]')
  })
})

describe('what it says', () => {
  test('a caption stands with its heading', async () => {
    await own.open(pageOf(formOf(box('ods'))).replace('<h1>', '<span class="nhsuk-caption-xl">Section 2 of 3</span><h1>'), { config: { fields: { code } } })
    await own.press()
    assert.equal(await own.run(() => document.querySelector('.nhsuk-error-summary').nextElementSibling.className), 'nhsuk-caption-xl')
  })

  for (const [what, content, said] of [
    ['a caption in a label', '<label for="a"><span class="nhsuk-caption-l">About you</span> Name</label><input id="a" name="a">', 'Enter name'],
    ['a mark before a label', '<label for="a"><abbr title="required">*</abbr> Name</label><input id="a" name="a">', 'Enter name'],
    ['a bare mark before a label', '<label for="a">* Name</label><input id="a" name="a">', 'Enter name'],
    ['a picture made of letters', '<label for="a"><i aria-hidden="true">person</i> Name</label><input id="a" name="a">', 'Enter name'],
    ['an optional one with a colon', '<label for="a">Name (optional):</label><input id="a" name="a">', 'Enter name'],
    ['a box after another question', '<label for="b">Other</label><input id="b" name="b"><label><input type="checkbox" name="a" value="yes"> Terms read</label>', 'Select terms read']
  ]) {
    test(`${what} is no part of the question's name`, async () => {
      const kind = content.includes('checkbox') ? 'choices' : 'text'
      await own.open(pageOf(formOf(`<div>${content}</div>`)), { config: { fields: { a: { name: 'a', kind, required: true } } } })
      await own.press()
      assert.deepEqual((await seen()).entries, [said])
    })
  }
})

describe('buttons and steps', () => {
  test('a button with questions of its own asks them, whatever it says to browsers', async () => {
    const content = `${box('ods')}${box('person')}<button id="find" formnovalidate>Find</button>`
    await own.open(pageOf(formOf(content)), { config: { fields: { code, person: { name: 'person', kind: 'text', required: true, label: 'name' } }, subsets: { '#find': ['code'] } } })
    await own.press('#find')
    assert.deepEqual((await seen()).entries, ['Enter ODS code'])
  })

  test('validate({ show: true }) is held up by an error of a server, until its answer has changed', async () => {
    await own.open(pageOf(formOf(box('ods'))), { config: { fields: { code } } })
    await own.do({ fill: ['#ods', 'A81001'] })
    const told = () => own.run(() => [component().validate({ show: true }).outcome, kit.events.at(-1).name, document.activeElement.className])
    await own.run(() => component().showErrors([{ question: 'code', message: 'There is no such code' }]))
    const [, event, focus] = await told()
    assert.deepEqual([event, focus], ['ncrs:invalid', 'nhsuk-error-summary'])
    assert.deepEqual((await seen()).entries, ['There is no such code'])
    await own.do({ fill: ['#ods', 'A81002'] })
    assert.equal((await told())[1], 'ncrs:valid')
    assert.deepEqual((await seen()).entries, [])
  })
})
