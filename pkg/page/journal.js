// What did we change on the page, and how is each change taken back? To the byte, unless somebody else changed it since.

import { attribute, attributeNames, hasAttribute, insertBefore, parentNodeOf, removeAttribute, setAttribute, tokensOf } from './elements.js'

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

  #did(undo, holds) {
    this.#changes.push({ undo, holds })
  }

  #isIn(node, parent) {
    this.#did(
      () => node.remove(),
      () => node.isConnected && node.parentNode === parent()
    )
  }

  /** Sets an attribute; `null` takes it away. */
  attribute(element, name, value) {
    const before = attribute(element, name)
    if (before === value) return
    const names = attributeNames(element)
    if (value === null) removeAttribute(element, name)
    else setAttribute(element, name, value)
    const isOurs = () => attribute(element, name) === value
    this.#did(() => {
      if (!isOurs()) return
      if (before === null) removeAttribute(element, name)
      else setAttribute(element, name, before)
      if (value === null) inOrder(element, names)
    }, isOurs)
  }

  /** Adds tokens to the end of an attribute like `class`, and takes others out. One that has none left goes, but for a class. */
  tokens(element, name, add, remove = []) {
    const before = attribute(element, name)
    const names = attributeNames(element)
    const had = tokensOf(before)
    const added = add.filter((token) => !had.includes(token))
    const removed = remove.filter((token) => had.includes(token))
    if (added.length + removed.length === 0) return
    const kept = removed.length > 0 ? had.filter((token) => !removed.includes(token)).join(' ') : (before ?? '').trimEnd()
    const text = [kept, ...added].filter((part) => part !== '').join(' ')
    const after = text === '' && name !== 'class' ? null : text
    if (after === null) removeAttribute(element, name)
    else setAttribute(element, name, after)
    const holds = () => {
      const has = tokensOf(attribute(element, name))
      const right = [...has.filter((token) => !removed.includes(token)), ...added.filter((token) => !has.includes(token))].join(' ')
      // A character count takes the mark of an error away at every key.
      if (right !== has.join(' ')) setAttribute(element, name, right)
      return true
    }
    this.#did(() => {
      const now = attribute(element, name)
      if (now === after) {
        if (before === null) removeAttribute(element, name)
        else setAttribute(element, name, before)
        if (after === null) inOrder(element, names)
        return
      }
      // Somebody else has changed it since: only what is ours is taken back.
      if (now === null) return
      const left = tokensOf(now).filter((token) => !added.includes(token))
      setAttribute(element, name, [...left, ...removed.filter((token) => !left.includes(token))].join(' '))
    }, holds)
  }

  /** Puts a node of ours before another. */
  insert(node, anchor) {
    insertBefore(anchor, node)
    this.#isIn(node, () => parentNodeOf(anchor))
  }

  /** Puts a node of ours at the end of an element. */
  append(node, parent) {
    parent.append(node)
    this.#isIn(node, () => parent)
  }

  /** Puts a node of ours at the start of an element. */
  prepend(node, parent) {
    parent.prepend(node)
    this.#isIn(node, () => parent)
  }

  /** Takes out a node of the page. An empty text keeps its place. */
  remove(node) {
    const place = node.ownerDocument.createTextNode('')
    node.replaceWith(place)
    this.#did(
      () => {
        // Where the place is gone, the page has been rendered anew, and without what we took out.
        if (place.parentNode !== null) place.replaceWith(node)
      },
      () => true
    )
  }

  /** Anything else, with the way back. */
  did(undo) {
    this.#did(undo, () => true)
  }

  /** Takes everything back, the last change first. */
  undo() {
    for (const { undo } of this.#changes.splice(0).reverse()) undo()
  }
}

/** An attribute that was put back stands last. Those that followed it are set again, so that the markup reads as before. */
function inOrder(element, names) {
  for (const name of names) {
    if (!hasAttribute(element, name)) continue
    const value = attribute(element, name)
    removeAttribute(element, name)
    setAttribute(element, name, value)
  }
}
