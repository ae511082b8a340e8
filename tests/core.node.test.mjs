// Does the package keep its contract in Node, imported by its name as a server imports it?

import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import * as withWasm from 'ncrs-form-check/core'
import * as withoutWasm from 'ncrs-form-check/core/js'
import { inAFreshThread, inAFreshThreadWithForeignBytes, inAFreshThreadWithoutWasm } from './thread.mjs'
import { decisions, tables } from './vectors/decisions.mjs'
import { confusables, naughtyStrings, notTexts, oddTexts } from './vectors/hostile.mjs'
import { declarations, reportsEqual, submissions } from './vectors/reports-equal.mjs'
import { filesOf, realCodes } from './vectors/real-codes.mjs'
import { catalogues, faults, reports } from './vectors/reports.mjs'
import { waysToStart } from './vectors/starting.mjs'

const read = (name) => readFile(new URL(name, import.meta.url), 'utf8')
const readAll = async (folder, names) => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(folder + name)])))

/** Every failure at once, as far as a person wants to read, and the number of things that were looked at. */
function holds({ checked, failures }, expected) {
  assert.equal(failures.length, 0, `${failures.length} of ${checked}:\n${failures.slice(0, 25).join('\n')}`)
  if (expected === undefined) assert.ok(checked > 0)
  else assert.equal(checked, expected)
}

for (const [build, api] of Object.entries({ 'with WebAssembly': withWasm, without: withoutWasm })) {
  before(() => api.init())

  test(`every row of the decision tables is decided so, ${build}`, async () => {
    holds(decisions(api, await readAll('./ods/', tables)), 368 + 19)
  })

  test(`real codes get exactly what the counts say, ${build}`, async () => {
    const counts = await read('./ods/real-counts.tsv')
    holds(realCodes(api, counts, await readAll('./ods/real/', filesOf(counts))), 107_258)
  })

  test(`strings that broke other software are judged, ${build}`, async () => {
    holds(naughtyStrings(api, await read('./hostile/blns.json')), 515 * 2)
  })

  test(`characters that look like ours are repaired or named, ${build}`, async () => {
    holds(confusables(api, await read('./hostile/confusables-ascii.tsv')), 1442 * (6 + 5) * 2)
  })

  test(`halves of characters and pastes of 10 MB are judged, ${build}`, () => holds(oddTexts(api)))

  test(`reports are those of the native rules, byte for byte, ${build}`, async () => {
    holds(reportsEqual(api, await read('./golden/reports.json')), 15 * 3 + 77 + 1 + 6)
  })

  test(`every worked submission gets what it expects, ${build}`, async () => {
    const names = (await readdir(new URL('./submissions/', import.meta.url))).filter((name) => name.endsWith('.json'))
    holds(submissions(api, ...(await Promise.all(names.map((name) => read(`./submissions/${name}`))))), 15)
  })

  test(`every worked DSPT declaration gets what it expects, ${build}`, async () => {
    holds(declarations(api, await read('./dspt/cases.tsv'), await read('./dspt/columns.json')), 77)
  })

  test(`what is no text is a fault, ${build}`, () => holds(notTexts(api)))

  test(`reports have the promised shape, ${build}`, () => holds(reports(api)))

  test(`what a caller gets wrong is a fault that says so, ${build}`, () => holds(faults(api)))

  test(`rules and tables say what they are, ${build}`, () => holds(catalogues(api)))
}

test('a question before the start is a fault', async () => holds(await inAFreshThread('askedTooEarly')))

test('starts that overlap are one start', async () => holds(await inAFreshThread('startedAtOnce')))

test('a start that failed can be tried again', async () => holds(await inAFreshThread('startedAfterAFailure')))

for (const way of waysToStart) {
  test(`it starts with the binary given as ${way}`, async () => holds(await inAFreshThread('startedWith', way)))
}

for (const way of ['bytes', 'buffer', 'module']) {
  test(`it starts in one step with the binary given as ${way}`, async () => holds(await inAFreshThread('startedInOneStep', way)))
}

for (const [work, way] of [
  ['startedWith', 'bytes'],
  ['startedWith', 'buffer'],
  ['startedInOneStep', 'bytes'],
  ['startedInOneStep', 'buffer']
]) {
  test(`${work} takes a ${way} of another world`, async () => holds(await inAFreshThreadWithForeignBytes(work, way)))
}

for (const [name, work] of [
  ['a question before the start is a fault', 'askedTooEarly'],
  ['starts that overlap are one start', 'startedAtOnce'],
  ['it starts in one step with nothing', 'startedInOneStepWithoutAModule']
]) {
  test(`${name}, without`, async () => holds(await inAFreshThreadWithoutWasm(work)))
}
