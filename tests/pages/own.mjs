// How does a test put up a page of its own with our component on it, and act on it as a person or as the page's script?

import { By } from 'selenium-webdriver'
import { callInPage, consoleErrors, desktop, engineOfThisRun, openPage, setView, startEngine } from '../browser/engines.mjs'
import { entryAddress, startPageServer } from './serving.mjs'
import { stepsOf } from './steps.mjs'

const kit = '/tests/pages/in-page.mjs'

/** A whole page around what a test is about. */
export const pageOf = (content, { lang = 'en', title = 'A form', head = '', attributes = '', before = '' } = {}) =>
  `<!doctype html>
<html lang="${lang}" ${attributes}>
<head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body>${before}<main id="maincontent"><h1>A form</h1>
${content}
</main></body>
</html>`

export const formOf = (content, attributes = '') => `<form method="post" action="/submit" novalidate ${attributes}>${content}<button id="send">Send</button></form>`

export const box = (name, { label = name, attributes = '', type = 'text', id = name } = {}) =>
  `<div class="nhsuk-form-group"><label class="nhsuk-label" for="${id}">${label}</label><input class="nhsuk-input" type="${type}" id="${id}" name="${name}" ${attributes}></div>`

export const radios = (name, values, { legend = name } = {}) =>
  `<div class="nhsuk-form-group"><fieldset class="nhsuk-fieldset"><legend class="nhsuk-fieldset__legend">${legend}</legend><div class="nhsuk-radios">${values
    .map((value, index) => {
      const id = index === 0 ? name : `${name}-${index + 1}`
      return `<div class="nhsuk-radios__item"><input class="nhsuk-radios__input" type="radio" id="${id}" name="${name}" value="${value}"><label class="nhsuk-label nhsuk-radios__label" for="${id}">${value}</label></div>`
    })
    .join('')}</div></fieldset></div>`

export async function startOwnPages() {
  const server = await startPageServer()
  const engine = await startEngine(engineOfThisRun())
  await setView(engine, desktop)
  await engine.driver.manage().setTimeouts({ script: 30_000 })
  const steps = stepsOf(engine.driver, server.module)

  const own = {
    engine,
    driver: engine.driver,
    server,

    /**
     * Opens a page. With `config` the component is made on the form that `root` selects, and has started unless `waits` is false;
     * with `script` the test makes it itself, from `api`.
     */
    async open(html, { config, root = 'form', script = '', earlier = '', policy, wasm, entry = '.', waits = true, prefix = 'nhsuk' } = {}) {
      await consoleErrors(engine)
      // A configuration may hold functions and elements, so it is written as a program.
      const text = typeof config === 'string' ? config : JSON.stringify({ today: '2026-11-22', ...config })
      const makes = config === undefined ? script : `${earlier}\nours.construct(api, document.querySelector(${JSON.stringify(root)}), ${text}, '${prefix}')\n${script}`
      await openPage(engine.driver, server.show({ html, script: `import * as api from '${entryAddress(entry)}'\n${makes}`, policy, wasm }))
      if (config !== undefined && waits) return callInPage(engine.driver, kit, 'started')
      return undefined
    },

    /** Runs a function in the page. It sees its arguments and what in-page.mjs exports. */
    run: (work, ...given) => callInPage(engine.driver, `${server.module(`export const run = ${work}`)}?once`, 'run', ...given),
    glance: () => callInPage(engine.driver, kit, 'glance'),
    destroyed: () => callInPage(engine.driver, kit, 'destroyed'),
    made: () => callInPage(engine.driver, kit, 'made'),
    one: (selector) => engine.driver.findElement(By.css(selector)),
    do: async (...list) => {
      for (const step of list) await steps.step(step)
    },
    press: (selector = '#send') => steps.step({ click: selector }),
    events: async () => JSON.parse((await engine.driver.executeScript("return sessionStorage.getItem('ncrs-test-events')")) ?? '[]'),

    /** The posts, once as many as expected are there; a moment later when none is expected. */
    async posts(expected = 1) {
      const late = Date.now() + (expected > 0 ? 10_000 : 300)
      while ((expected === 0 || server.posts.length < expected) && Date.now() < late) await engine.driver.sleep(20)
      return server.posts
    },

    async stop() {
      await engine.stop()
      await server.close()
    }
  }
  return own
}
