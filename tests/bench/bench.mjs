// How long does a check take in each host, against the libraries that a team would use instead, and which budgets does that meet?
//
// Run by `cargo xtask bench`. Times are of this machine on this day; what is held is a ratio within one run. `--rounds 3` is quicker and worse;
// `--write` keeps the tables in RESULTS.md; `--hold` fails when a budget is not met.

import { execFile } from 'node:child_process'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { init, rules } from 'ncrs-form-check/core'
import { callInPage, startEngine } from '../browser/engines.mjs'
import { startServer } from '../browser/server.mjs'
import { bundlePeers, peers } from './bundle.mjs'
import { questions, timed, today } from './forms.mjs'
import { heldByPeers, peerProfile } from './profile.mjs'
import { asMarkdown, budgets } from './tables.mjs'
import { compared, summary } from './timing.mjs'
import { measure } from './work.mjs'

const run = promisify(execFile)
const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, hosts: { type: 'string', default: 'node,chromium,firefox' }, presses: { type: 'string', default: 'chromium,firefox,webkit' }, hold: { type: 'boolean' }, write: { type: 'boolean' } }
})
const rounds = Number(options.rounds)
const wanted = options.hosts.split(',')
const packageFolder = new URL('../../pkg/', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('package.json', packageFolder), 'utf8'))

/** Who is measured, and where Node or a page finds it: ours first, then the libraries. */
function contestants({ bundles, ours }) {
  const without = manifest.exports['./core/js'] !== undefined
  return [
    ['ours', ours('./core')],
    ['ours, only the same rules', ours('./core'), true],
    ...(without ? [['ours, no Wasm', ours('./core/js')]] : []),
    ...Object.entries(peers).map(([name, title]) => [title, `${bundles}${name}.mjs`])
  ]
}

/** The file of the package that an entry is in a page. */
function fileOf(entry) {
  const target = manifest.exports[entry]
  return `/pkg/${(typeof target === 'string' ? target : (target.browser ?? target.default)).replace(/^\.\//, '')}`
}

/** A hundred thousand codes of real organisations; there are fewer, so some come twice. */
async function realCodes() {
  const folder = new URL('../ods/real/', import.meta.url)
  const lists = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), 'utf8')))
  const codes = lists.flatMap((list) => list.split('\n').filter(Boolean))
  return Array.from({ length: 100_000 }, (_, at) => codes[at % codes.length])
}

/** The first check of each, in a fresh process or browser, in another order every time. */
async function starts(list, measureOne) {
  const times = Object.fromEntries(list.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    const turned = list.map((_, at) => list[(at + round) % list.length])
    await measureOne(turned, (name, time) => times[name].push(time))
  }
  return compared(times)
}

async function inNode(given) {
  const list = contestants({ bundles: given.folder, ours: (entry) => entry.replace('.', 'ncrs-form-check') })
  const cold = list.filter(([, , withProfile]) => !withProfile)
  const script = fileURLToPath(new URL('first-check.mjs', import.meta.url))
  const first = await starts(cold, async (turned, took) => {
    for (const [name, address] of turned) {
      const { stdout } = await run(process.execPath, [script, address, today, JSON.stringify(given.empty)])
      took(name, Number(stdout))
    }
  })
  return { version: process.version, first, ...(await measure({ ...given, contestants: list })) }
}

const page = '<!doctype html><html lang="en"><title>Bench</title><script type="module" src="/tests/browser/in-page.mjs"></script>'

/** The presses of the button on a page of its own each time, in one browser that is up. */
async function pressesIn(name) {
  const styled = `${page}<link rel="stylesheet" href="/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css"><main><h1>Bench</h1><form></form></main>`
  const server = await startServer({ forTests: true, pages: new Map([['/submit', styled]]) })
  const engine = await startEngine(name)
  try {
    const presses = []
    // The first page of a browser is slow in everything, so it does not count.
    for (let round = -1; round < rounds; round += 1) {
      await engine.driver.get(`${server.url}/submit`)
      const press = await callInPage(engine.driver, '/tests/bench/submit.mjs', 'pressButton', fileOf('.'), questions(), today)
      if (round >= 0) presses.push(press)
    }
    return { version: engine.version, first: summary(presses.map(({ first }) => first)), later: summary(presses.map(({ later }) => later)) }
  } finally {
    await engine.stop()
    await server.close()
  }
}

async function inBrowser(name, given) {
  const server = await startServer({ forTests: true, pages: new Map([['/bench', `${page}<h1>Bench</h1>`]]) })
  const list = contestants({ bundles: '/tests/node_modules/.cache/bench/', ours: fileOf })
  let version
  try {
    const withEngine = async (work) => {
      const engine = await startEngine(name)
      try {
        version = engine.version
        await engine.driver.manage().setTimeouts({ script: 600_000 })
        await engine.driver.get(`${server.url}/bench`)
        return await work(engine.driver)
      } finally {
        await engine.stop()
      }
    }
    const cold = list.filter(([, , withProfile]) => !withProfile)
    const first = await starts(cold, (turned, took) =>
      withEngine(async (driver) => {
        for (const [each, address] of turned) {
          await driver.get(`${server.url}/bench`)
          took(each, await callInPage(driver, '/tests/bench/contestants.mjs', 'firstCheck', address, today, given.empty))
        }
      })
    )
    const measured = await withEngine((driver) => callInPage(driver, '/tests/bench/work.mjs', 'measure', { ...given, contestants: list }))
    return { version, first, ...measured }
  } finally {
    await server.close()
  }
}

await init()
const { folder, shape, bytes } = await bundlePeers()
const { whole, forms } = await timed()
const given = { folder, shape, forms, whole, today, rounds, codes: await realCodes(), profile: peerProfile(rules()), empty: forms['whole form, empty'] }
const hosts = {}
for (const host of wanted) hosts[host] = host === 'node' ? await inNode(given) : await inBrowser(host, given)
const presses = {}
for (const engine of options.presses.split(',').filter(Boolean)) presses[engine] = await pressesIn(engine)

const machine = `${cpus().length} cores (${cpus()[0].model})`
const versions = Object.fromEntries(
  await Promise.all(
    ['zod', 'valibot', 'ajv', 'joi'].map(async (name) => [
      name,
      JSON.parse(await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version
    ])
  )
)
const held = budgets(hosts, presses)
const counts = { questions: questions().length, rules: heldByPeers(rules()).length }
const text = asMarkdown({ hosts, presses, held, machine, versions, bytes, rounds, counts, day: new Date().toISOString().slice(0, 10) })
console.log(text)
if (options.write) await writeFile(new URL('RESULTS.md', import.meta.url), text)
if (options.hold && held.some(({ met }) => !met)) process.exitCode = 1
