// What did we change on the page, and how is each change taken back? To the byte, unless somebody else changed it since.

import { attribute, attributeNames, hasAttribute, insertBefore, removeAttribute, setAttribute } from './elements.js'

const tokensOf = (text) => (text ?? '').split(/\s+/).filter((token) => token !== '')

export class Journal {
  #undo = []

  get isEmpty() {
    return this.#undo.length === 0
  }

  /** Sets an attribute; `null` takes it away. */
  attribute(element, name, value) {
    const before = attribute(element, name)
    if (before === value) return
    const names = attributeNames(element)
    if (value === null) removeAttribute(element, name)
    else setAttribute(element, name, value)
    this.#undo.push(() => {
      if (attribute(element, name) !== value) return
      if (before === null) removeAttribute(element, name)
      else setAttribute(element, name, before)
      if (value === null) inOrder(element, names)
    })
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
    this.#undo.push(() => {
      const now = attribute(element, name)
      if (now === after) {
        if (before === null) removeAttribute(element, name)
        else setAttribute(element, name, before)
        if (after === null) inOrder(element, names)
        return
      }
      // Somebody else has changed it since: only what is ours is taken back.
      const left = tokensOf(now).filter((token) => !added.includes(token))
      setAttribute(element, name, [...left, ...removed.filter((token) => !left.includes(token))].join(' '))
    })
  }

  /** Puts a node of ours before another. */
  insert(node, anchor) {
    insertBefore(anchor, node)
    this.#undo.push(() => node.remove())
  }

  /** Puts a node of ours at the end of an element. */
  append(node, parent) {
    parent.append(node)
    this.#undo.push(() => node.remove())
  }

  /** Takes out a node of the page. An empty text keeps its place. */
  remove(node) {
    const place = node.ownerDocument.createTextNode('')
    node.replaceWith(place)
    this.#undo.push(() => {
      // Where the place is gone, the page has been rendered anew, and without what we took out.
      if (place.parentNode !== null) place.replaceWith(node)
    })
  }

  /** Anything else, with the way back. */
  did(undo) {
    this.#undo.push(undo)
  }

  /** Takes everything back, the last change first. */
  undo() {
    for (const undo of this.#undo.splice(0).reverse()) undo()
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
