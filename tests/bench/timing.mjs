// How long does a piece of work take, against others of its kind, on a machine that does other things too?

const middle = (sorted) => sorted[Math.floor(sorted.length / 2)]

/** The middle of some times, and the quarters around it. */
export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b)
  return { median: middle(sorted), low: sorted[Math.floor(sorted.length / 4)], high: sorted[Math.floor((sorted.length * 3) / 4)] }
}

/**
 * Summaries of times that were taken in turns, each with what the first took of it (`ours`, as a ratio). Compared round by round: what slowed a
 * round slowed both.
 *
 * @param {Record<string, number[]>} times the first before the others
 */
export function compared(times) {
  const [first] = Object.values(times)
  const ratio = (each) => middle(each.map((time, round) => first[round] / time).sort((a, b) => a - b))
  return Object.fromEntries(Object.entries(times).map(([name, each]) => [name, { ...summary(each), ours: ratio(each) }]))
}

/** How many calls take long enough for the clock, which in a browser ticks in milliseconds. */
function callsFor(work, atLeast) {
  for (let calls = 1; ; calls *= 2) {
    const from = performance.now()
    for (let left = calls; left > 0; left -= 1) work()
    const took = performance.now() - from
    if (took >= atLeast / 2) return Math.max(1, Math.round((calls * atLeast) / took))
  }
}

/**
 * Times works against each other, taking turns: whatever slows the machine for a second slows all of them.
 *
 * @param {Record<string, () => unknown>} works
 * @returns milliseconds a call of each, compared
 */
export function timeInTurns(works, { rounds = 9, atLeast = 30, warm = 200 } = {}) {
  const entries = Object.entries(works)
  const calls = {}
  for (const [name, work] of entries) {
    // An engine compiles what runs often a second time and better; a person's tenth check counts as much as the first.
    const from = performance.now()
    do work()
    while (performance.now() - from < warm)
    calls[name] = callsFor(work, atLeast)
  }
  const times = Object.fromEntries(entries.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      const [name, work] = entries[(turn + round) % entries.length]
      const from = performance.now()
      for (let left = calls[name]; left > 0; left -= 1) work()
      times[name].push((performance.now() - from) / calls[name])
    }
  }
  return compared(times)
}
