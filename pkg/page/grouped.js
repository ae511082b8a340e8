// Which items belong together? Those with the same key, each group in the order of the items.

/** @returns {Map<unknown, unknown[]>} */
export function grouped(items, keyOf) {
  const groups = new Map()
  for (const item of items) {
    const key = keyOf(item)
    if (groups.has(key)) groups.get(key).push(item)
    else groups.set(key, [item])
  }
  return groups
}
