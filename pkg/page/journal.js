// What did we change on the page, and how is each change taken back? To the byte, unless somebody else changed it since.

import { attribute, attributeNames, insertBefore, parentNodeOf, removeAttribute, setAttribute, tokensOf } from './elements.js'

export class Journal {
  /** @type {{ undo: () => void, holds: () => boolean }[]} `holds` may make a change again */
  #changes = []

  get isEmpty() {
    return this.#changes.length === 0
  }

  /** False once somebody else has undone a change, as scripts that render a page anew do. Words of an attribute are put back at once. */
  holds() {
    return this.#changes.every(({ holds }) => holds())
  }

  /** Anything that was done, with the way back. */
  did(undo, holds = () => true) {
    this.#changes.push({ undo, holds })
  }

  #isIn(node, parent) {
    this.did(
      () => node.remove(),
      () => node.isConnected && node.parentNode === parent()
    )
  }

  /** Sets an attribute, or takes it away, until it is put back; `otherwise` where somebody else has changed it since. */
  #write(element, name, after, holds, otherwise) {
    const before = attribute(element, name)
    const names = attributeNames(element)
    put(element, name, after)
    this.did(() => {
      const now = attribute(element, name)
      if (now !== after) {
        otherwise(now)
        return
      }
      put(element, name, before)
      if (after === null) inOrder(element, names)
    }, holds)
  }

  /** Sets an attribute; `null` takes it away. */
  attribute(element, name, value) {
    const isOurs = () => attribute(element, name) === value
    if (!isOurs()) this.#write(element, name, value, isOurs, () => {})
  }

  /** Adds tokens to the end of an attribute like `class`, and takes others out. One that has none left goes, but for a class. */
  tokens(element, name, add, remove = []) {
    const before = attribute(element, name)
    const had = tokensOf(before)
    const added = without(add, had)
    const removed = remove.filter((token) => had.includes(token))
    if (added.length + removed.length === 0) return
    const kept = removed.length > 0 ? without(had, removed).join(' ') : (before ?? '').trimEnd()
    const text = [kept, ...added].filter((part) => part !== '').join(' ')
    const holds = () => {
      const has = tokensOf(attribute(element, name))
      const right = [...without(has, removed), ...without(added, has)].join(' ')
      // A character count takes the mark of an error away at every key.
      if (right !== has.join(' ')) setAttribute(element, name, right)
      return true
    }
    this.#write(element, name, text === '' && name !== 'class' ? null : text, holds, (now) => {
      if (now === null) return
      // Only what is ours is taken back.
      const left = without(tokensOf(now), added)
      setAttribute(element, name, [...left, ...without(removed, left)].join(' '))
    })
  }

  /** Puts a node of ours before another. */
  insert(node, anchor) {
    insertBefore(anchor, node)
    this.#isIn(node, () => parentNodeOf(anchor))
  }

  /** Puts a node of ours at the end of an element, or at its start. */
  append(node, parent, how = 'append') {
    parent[how](node)
    this.#isIn(node, () => parent)
  }

  /** Takes out a node of the page. An empty text keeps its place. */
  remove(node) {
    const place = node.ownerDocument.createTextNode('')
    node.replaceWith(place)
    // Where the place is gone, the page has been rendered anew, and without what we took out.
    this.did(() => place.replaceWith(node))
  }

  /** Takes everything back, the last change first. */
  undo() {
    for (const { undo } of this.#changes.splice(0).reverse()) undo()
  }
}

const without = (tokens, others) => tokens.filter((token) => !others.includes(token))

/** Writes an attribute; `null` takes it away. */
function put(element, name, value) {
  if (value === null) removeAttribute(element, name)
  else setAttribute(element, name, value)
}

/** An attribute that was put back stands last. Those that followed it are set again, so that the markup reads as before. */
function inOrder(element, names) {
  for (const name of names) {
    const value = attribute(element, name)
    if (value === null) continue
    removeAttribute(element, name)
    setAttribute(element, name, value)
  }
}
