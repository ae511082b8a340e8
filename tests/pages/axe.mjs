// Which barriers does axe find on a page, by rule?

import { readFile } from 'node:fs/promises'
import { runBesidePage } from '../browser/engines.mjs'

const source = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** WCAG 2.2, levels A and AA. */
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * WCAG 2.5.8 excepts targets whose size the browser alone decides, which axe cannot know: on a page that nobody styled a button is 21 pixels
 * high, and what stands above it moves with every line that is put in.
 */
const notWithoutStyles = 'target-size'

/**
 * What axe finds on a page whose style sheet did not come with it: as it is, and dressed for a moment in the style sheet of its classes.
 *
 * @returns {Promise<Record<string, { count: number, where: string[] }>>}
 */
export async function barriersBareAndDressed(driver, styles) {
  const { [notWithoutStyles]: _, ...bare } = await barriers(driver)
  await runBesidePage(
    driver,
    (href) =>
      new Promise((done, fail) => {
        const sheet = Object.assign(document.createElement('link'), { id: 'dressed', rel: 'stylesheet', href, onload: () => done(), onerror: () => fail(new Error(`no ${href}`)) })
        document.head.append(sheet)
      }),
    styles
  )
  const dressed = await barriers(driver)
  await driver.executeScript("document.getElementById('dressed').remove()")
  return { ...bare, ...Object.fromEntries(Object.entries(dressed).map(([rule, found]) => [`${rule} (with a style sheet)`, found])) }
}

/** @returns {Promise<Record<string, { count: number, where: string[] }>>} */
export async function barriers(driver) {
  await driver.executeScript(`if (!window.axe) { ${source} }`)
  const { rules, looked } = await runBesidePage(
    driver,
    async (tags) => {
      const { violations, passes } = await window.axe.run({ runOnly: { type: 'tag', values: tags } })
      const entries = violations.map(({ id, nodes }) => [id, { count: nodes.length, where: nodes.map(({ html }) => html.slice(0, 200)) }])
      return { rules: Object.fromEntries(entries), looked: passes.length }
    },
    levels
  )
  if (looked < 5) throw new Error(`axe looked at ${looked} things only`)
  return rules
}
