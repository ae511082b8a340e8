// How are the steps of a scenario done by a person's means: pointer and keys?

import { By, Key } from 'selenium-webdriver'
import { callInPage } from '../browser/engines.mjs'

const keys = { Enter: Key.ENTER, Tab: Key.TAB, Space: Key.SPACE, Escape: Key.ESCAPE }

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {(body: string) => string} module makes a module of statements and gives its address
 */
export function stepsOf(driver, module) {
  const one = (selector) => driver.findElement(By.css(selector))

  async function set(selector, given) {
    const text = typeof given === 'string' ? given : given.repeat_of.repeat(given.times)
    await driver.executeScript(
      `const [selector, text] = arguments
       const control = document.querySelector(selector)
       control.value = text
       control.dispatchEvent(new Event('input', { bubbles: true }))`,
      selector,
      text
    )
  }

  async function select(selector, wanted) {
    const options = await (await one(selector)).findElements(By.css('option'))
    for (const option of options) {
      if ([await option.getProperty('value'), await option.getText()].includes(wanted)) return option.click()
    }
    throw new Error(`${selector} has no option ${wanted}`)
  }

  const does = {
    click: async (selector) => (await one(selector)).click(),
    fill: async ([selector, text]) => {
      const control = await one(selector)
      await control.clear()
      await control.sendKeys(text)
    },
    type: async ([selector, text]) => {
      const control = await one(selector)
      for (const character of text) await control.sendKeys(character)
    },
    set: ([selector, given]) => set(selector, given),
    check: async (selector) => {
      const control = await one(selector)
      if (!(await control.isSelected())) await control.click()
    },
    select: ([selector, wanted]) => select(selector, wanted),
    press: async ([selector, key]) => (await one(selector)).sendKeys(keys[key] ?? key),
    js: (statement) => callInPage(driver, module(`export function run() { ${statement} }`), 'run'),
    wait: (milliseconds) => driver.sleep(milliseconds)
  }

  return {
    async step(given) {
      const [name, ...more] = Object.keys(given)
      if (!Object.hasOwn(does, name) || more.length > 0) throw new Error(`there is no such step: ${JSON.stringify(given)}`)
      await does[name](given[name])
    },
    /** What an expression is, in the page. */
    value: (expression) => callInPage(driver, module(`export function run() { return (${expression}) }`), 'run'),
    /** The texts that a person typed: nothing of the kind may be in an event. */
    typed: (steps) =>
      steps
        .flatMap(({ fill, type, set: pasted }) => [fill, type, pasted].filter(Boolean))
        .map(([, text]) => (typeof text === 'string' ? text : text.repeat_of.repeat(20)))
        // A report says which day it is, and holds numbers of its own.
        .filter((text) => text.length > 1 && !/^\d{1,4}$/.test(text))
  }
}
