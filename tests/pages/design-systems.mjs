// How does each design system itself render a question without an error message, and with it?

import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'

const at = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))

/** Version 9 of nhsuk-frontend has templates and no fixtures, so it is given what version 10 is given. */
export const systems = [
  { name: 'nhsuk-frontend 10', prefix: 'nhsuk', root: at('nhsuk-frontend/dist'), components: 'nhsuk/components', fixtures: at('nhsuk-frontend/dist/nhsuk/components'), ownPages: true, styles: '/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css' },
  { name: 'nhsuk-frontend 9', prefix: 'nhsuk', root: at('nhsuk-frontend-9/packages'), components: 'components', fixtures: at('nhsuk-frontend/dist/nhsuk/components'), ownPages: false, styles: '/tests/node_modules/nhsuk-frontend-9/dist/nhsuk.min.css' },
  { name: 'govuk-frontend 6', prefix: 'govuk', root: at('govuk-frontend/dist'), components: 'govuk/components', fixtures: at('govuk-frontend/dist/govuk/components'), ownPages: true, styles: '/tests/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css' }
]

export const components = ['character-count', 'checkboxes', 'date-input', 'file-upload', 'input', 'password-input', 'radios', 'search-input', 'select', 'textarea']

const camel = (text) => text.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
const pascal = (text) => camel(`-${text}`)

/** What version 10 is told of a date's parts, as version 9 is told it: which of them are wrong is a class there. */
function inVersion9(params, component) {
  if (component !== 'date-input') return params
  const items = params.items ?? ['day', 'month', 'year'].map((name) => ({ name, ...params[name] }))
  const someAreNamed = items.some(({ error }) => error)
  return {
    ...params,
    items: items.map(({ error, ...item }) => ({
      ...item,
      classes: [item.classes, item.name === 'year' ? 'nhsuk-input--width-4' : 'nhsuk-input--width-2', error || !someAreNamed ? 'nhsuk-input--error' : ''].filter(Boolean).join(' ')
    }))
  }
}

/** Every fixture of a component with an error message: what it looks like without, with, and what the message says. */
export async function pairs({ root, prefix, components: folder, fixtures, ownPages }, component) {
  const file = `${fixtures}/${component}/fixtures.json`
  if (!existsSync(file) || !existsSync(`${root}/${folder}/${component}/template.njk`)) return []
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(root), { autoescape: true, trimBlocks: true, lstripBlocks: true })
  const macro = prefix === 'govuk' ? `govuk${pascal(component)}` : camel(component)
  const render = (params) => environment.renderString(`{% from "${folder}/${component}/macro.njk" import ${macro} %}{{ ${macro}(params) }}`, { params })

  const found = []
  for (const fixture of JSON.parse(await readFile(file, 'utf8')).fixtures) {
    const params = ownPages ? fixture.context ?? fixture.options : inVersion9(fixture.context, component)
    // `true` marks a question and says nothing, which is never ours to do.
    if (!params.errorMessage || params.errorMessage === true) continue
    // Version 9 takes no plain texts where version 10 does.
    if (!ownPages && typeof params.errorMessage === 'string') continue
    const without = structuredClone(params)
    delete without.errorMessage
    for (const part of [without.day, without.month, without.year, ...(without.items ?? [])]) {
      if (!part) continue
      delete part.error
      if (typeof part.classes === 'string') part.classes = part.classes.split(' ').filter((name) => !name.endsWith('--error')).join(' ')
    }
    const { errorMessage } = params
    // Version 9 needs an id for what version 10 names by itself.
    if (!ownPages && render(params).includes('undefined-error')) continue
    found.push({
      name: `${component}: ${fixture.name}`,
      without: render(without),
      with: render(params),
      // What the design system's makers say it renders, which must be what is rendered here.
      published: ownPages ? fixture.html : undefined,
      words: typeof errorMessage === 'string' ? errorMessage : errorMessage.text
    })
  }
  return found
}
