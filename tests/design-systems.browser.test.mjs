// Is what we show what each design system shows? Its own question without an error, and our rendering of its message, against its question with it.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { components, pairs, systems } from './pages/design-systems.mjs'
import { pageOf, startOwnPages } from './pages/own.mjs'

let own
before(async () => {
  own = await startOwnPages()
})
after(() => own?.stop())

/**
 * Where we knowingly differ, and why. A line that the design system has and we have not starts with `-`, one of ours with `+`.
 *
 * @type {{ name: RegExp, system?: RegExp, lines: RegExp, why: string }[]}
 */
const known = [
  {
    name: /^(checkboxes|radios): /,
    system: /nhsuk-frontend 9/,
    lines: /^[-+] <(fieldset|span) .*-error"/,
    why: 'Version 9 calls the first option prefix-1 and names the message after the prefix. We name it after the first option: an id has to be unique, and no page reads ours'
  },
  {
    name: /^radios: with error message( and idPrefix)?$/,
    system: /govuk/,
    lines: /^[-+] <input .*class="govuk-radios__input"/,
    why: 'Without a fieldset the design system ties its message to nothing. We describe the first option by it, so that it is read out'
  }
]

const isKnown = (system, name, line) => known.some((one) => one.name.test(name) && (one.system ?? /./).test(system) && one.lines.test(line))

/** Components that a design system does not have, or of which it shows none with an error. */
const without = {
  'nhsuk-frontend 9': ['file-upload', 'password-input', 'search-input'],
  'govuk-frontend 6': ['search-input']
}

for (const system of systems) {
  const shown = new Map()
  for (const component of components) shown.set(component, await pairs(system, component))

  test(`${system.name} shows every component with an error, but for those that it has not`, () => {
    assert.deepEqual(components.filter((component) => shown.get(component).length === 0), without[system.name] ?? [])
  })

  describe(system.name, () => {
    for (const [component, all] of [...shown].filter(([, found]) => found.length > 0)) {
      test(component, async () => {
        const html = pageOf('', { title: component, head: `<link rel="stylesheet" href="${system.styles}">` }).replace('<body>', `<body class="${system.prefix}-template__body js-enabled ${system.prefix}-frontend-supported">`)
        await own.open(html, { script: "ours.look({ root: null })\nours.adopt({ state: 'none' })\nours.kit.api = api" })
        await own.made()
        const outcomes = await own.run(async (list) => (await import('/tests/pages/in-design-system.mjs')).compare(kit.api.FormCheck, list), all)
        const differences = outcomes.flatMap(({ name, published, ours, restored }) => [
          ...published.map((line) => `${name}: our nunjucks renders otherwise: ${line}`),
          ...ours.filter((line) => !isKnown(system.name, name, line)).map((line) => `${name}: ${line}`),
          ...(restored ? [] : [`${name}: destroy() did not give the question back`])
        ])
        assert.equal(differences.length, 0, `\n${differences.join('\n')}`)
        assert.equal(outcomes.length, all.length)
      })
    }
  })
}
