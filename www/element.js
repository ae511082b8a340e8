// How is an element made from its name, its attributes and what is in it? As nodes, never as text that is read as markup.

/** The attributes of a text that is there in English alone, on a page in any language. */
export const inEnglish = () => ({ lang: /^en\b/.test(document.documentElement.lang) ? null : 'en' })

/** Attributes that are `null` and children that are nothing are left out. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(attribute, value)
  }
  made.append(...children.filter(Boolean))
  return made
}
