// Which barriers does axe find on a page, by rule?

import { readFile } from 'node:fs/promises'
import { runBesidePage } from '../browser/engines.mjs'

const source = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** WCAG 2.2, levels A and AA. */
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

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
