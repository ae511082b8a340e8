// Which design system, and which generation of it, does the page follow?

import { documentOf, find, findAll, rootOf } from './elements.js'

const PREFIXES = ['nhsuk', 'govuk']

/** To ask for a style makes the browser work it out anew, so each document is asked once, when its style sheets are there. */
const versions = new WeakMap()

/** The version that the style sheet of a design system says it is, as a number like 10.6. */
function versionOf(prefix, document) {
  const known = versions.get(document)?.[prefix]
  if (known !== undefined) return known
  const style = document.defaultView?.getComputedStyle(document.documentElement)
  const [, version] = /(\d+\.\d+)/.exec(style?.getPropertyValue(`--${prefix}-frontend-version`) ?? '') ?? []
  if (version === undefined) return undefined
  const number = version.split('.').reduce((sum, part, at) => sum + Number(part) / (at === 0 ? 1 : 100), 0)
  versions.set(document, { ...versions.get(document), [prefix]: number })
  return number
}

/**
 * How errors look on this page.
 *
 * @param {HTMLFormElement} form
 * @param {string} [asked] the prefix that the configuration names
 */
export function generationOf(form, asked) {
  const root = rootOf(form)
  const document = documentOf(form)
  const prefix = asked ?? PREFIXES.find((name) => find(form, `[class^="${name}-"], [class*=" ${name}-"]`) !== null) ?? PREFIXES.find((name) => find(root, `[class^="${name}-"], [class*=" ${name}-"]`) !== null) ?? 'nhsuk'
  const version = versionOf(prefix, document)
  const messages = findAll(root, `.${CSS.escape(prefix)}-error-message, .${CSS.escape(prefix)}-form-group--error`)
  const message = messages.find((element) => element.localName === 'p' || element.localName === 'span')
  const isParagraph = prefix === 'govuk' || (version !== undefined && version >= 11)
  return {
    prefix,
    /** Whether there are errors of a server. */
    hasErrors: messages.length > 0,
    hidden: prefix === 'nhsuk' ? 'nhsuk-u-visually-hidden' : `${prefix}-visually-hidden`,
    messageTag: message?.localName ?? (isParagraph ? 'p' : 'span'),
    // Both classes where the style sheet does not say what it knows.
    heading: prefix !== 'nhsuk' ? ['title'] : version === undefined ? ['title', 'heading'] : [version >= 10.06 ? 'heading' : 'title'],
    marksParts: prefix === 'nhsuk' && version !== undefined && version >= 10.06
  }
}
