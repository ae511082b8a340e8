// Which design system, and which generation of it, does the page follow?

import { documentOf, find, findAll, matches, rootOf } from './elements.js'

const PREFIXES = ['nhsuk', 'govuk']

/** To ask for a style makes the browser work it out anew, so each document is asked once, when its style sheets are there. */
const versions = new WeakMap()

/** The version that the style sheet of a design system says it is, as a number like 10.6. */
function versionOf(prefix, document) {
  const known = versions.get(document) ?? {}
  versions.set(document, known)
  if (known[prefix] === undefined) {
    const style = document.defaultView?.getComputedStyle(document.documentElement)
    const [, major, minor] = /(\d+)\.(\d+)/.exec(style?.getPropertyValue(`--${prefix}-frontend-version`)) ?? []
    if (major) known[prefix] = Number(major) + minor / 100
  }
  return known[prefix]
}

/**
 * How errors look on this page.
 *
 * @param {HTMLFormElement} form
 * @param {string} [asked] the prefix that the configuration names
 */
export function generationOf(form, asked) {
  const root = rootOf(form)
  const usedIn = (part) => PREFIXES.find((name) => find(part, `[class^="${name}-"], [class*=" ${name}-"]`))
  const prefix = asked ?? usedIn(form) ?? usedIn(root) ?? 'nhsuk'
  const isOurs = prefix === 'nhsuk'
  const version = versionOf(prefix, documentOf(form))
  const messages = findAll(root, `.${CSS.escape(prefix)}-error-message, .${CSS.escape(prefix)}-form-group--error`)
  const message = messages.find((element) => matches(element, 'p, span'))
  return {
    prefix,
    /** Whether there are errors of a server. */
    hasErrors: messages.length > 0,
    hidden: `${isOurs ? 'nhsuk-u' : prefix}-visually-hidden`,
    messageTag: message?.localName ?? (prefix === 'govuk' || version >= 11 ? 'p' : 'span'),
    // Both classes where the style sheet does not say what it knows.
    heading: !isOurs ? ['title'] : version === undefined ? ['title', 'heading'] : [version >= 10.06 ? 'heading' : 'title'],
    marksParts: isOurs && version >= 10.06
  }
}
