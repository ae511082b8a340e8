// Is a question of a design system with our error in it what the design system renders itself? Runs in the page.

/** A tree as text: order of attributes, order and repetition of classes, and space between elements say nothing. */
function plain(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, ' ').trim()
  if (node.nodeType !== Node.ELEMENT_NODE) return ''
  const attributes = [...node.attributes]
    .map(({ name, value }) => [name, name === 'class' ? [...new Set(value.split(/\s+/).filter(Boolean))].sort().join(' ') : value])
    .filter(([name, value]) => name !== 'class' || value !== '')
    .sort()
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
  const inner = [...node.childNodes].map(plain).filter(Boolean).join('\n')
  return `<${node.localName}${attributes}>\n${inner}\n</${node.localName}>`
}

function parsed(html) {
  const holder = document.createElement('template')
  holder.innerHTML = html
  return [...holder.content.childNodes].map(plain).filter(Boolean).join('\n')
}

/** The lines that two texts do not share, as `-` for theirs and `+` for ours. */
function difference(theirs, ours) {
  const [one, other] = [theirs.split('\n'), ours.split('\n')]
  const rest = [...other]
  const gone = one.filter((line) => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return [...gone.map((line) => `- ${line}`), ...rest.map((line) => `+ ${line}`)]
}

export async function compare(FormCheck, pairs) {
  const outcomes = []
  for (const pair of pairs) {
    const form = document.createElement('form')
    form.innerHTML = pair.without
    document.querySelector('main').append(form)
    const isDate = pair.name.startsWith('date-input')
    const differs = { name: pair.name, published: pair.published === undefined ? [] : difference(parsed(pair.published), parsed(pair.with)), ours: [], restored: true }
    const before = form.innerHTML
    try {
      await (isDate ? showDate(FormCheck, form, pair) : showOne(FormCheck, form, pair))((theirs) => {
        const ours = [...form.childNodes].map(plain).filter(Boolean).join('\n')
        differs.ours = difference(theirs, ours)
        if (differs.ours.length === 0 && theirs !== ours) differs.ours = ['the same lines in another order']
      })
      differs.restored = form.innerHTML === before
    } catch (error) {
      differs.ours = [String(error)]
    }
    form.remove()
    outcomes.push(differs)
  }
  return outcomes
}

function showOne(FormCheck, form, { words, with: theirs }) {
  return async (look) => {
    const check = new FormCheck(form, { today: '2026-11-22', fields: {} })
    await check.ready
    const first = form.querySelector('input:not([type=hidden]), select, textarea')
    const before = first.id
    // What a page would write: a selector of its own control.
    check.showErrors([{ selector: `[id="${before}"]`, message: words }])
    look(parsed(theirs))
    check.destroy()
  }
}

/** A date: the rules say which parts are wrong, and the words are the fixture's. */
function showDate(FormCheck, form, { words, with: theirs }) {
  return async (look) => {
    const holder = document.createElement('template')
    holder.innerHTML = theirs
    const wrong = [...holder.content.querySelectorAll('input')].filter((one) => /--error/.test(one.className)).map(({ id }) => id)
    const boxes = [...form.querySelectorAll('input')]
    const parts = Object.fromEntries(['day', 'month', 'year'].map((part) => [part, boxes.find(({ id }) => id.endsWith(part))]))
    const there = Object.entries(parts).filter(([, one]) => one)
    if (there.length < 3) throw new Error(`a date with ${there.length} boxes`)
    for (const [part, one] of there) one.value = wrong.includes(one.id) ? '' : { day: '1', month: '3', year: '1980' }[part]
    const selectors = Object.fromEntries(there.map(([part, { id }]) => [part, `[id="${id}"]`]))
    const check = new FormCheck(form, { today: '2026-11-22', messages: { 'ANS-001': words, 'ANS-003': words }, fields: { when: { kind: 'date', required: true, selectors } } })
    await check.ready
    check.validate({ show: true })
    look(parsed(theirs))
    check.destroy()
  }
}
