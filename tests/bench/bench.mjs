// How long does a check take in each host, and does it grow with the form no faster than the form?
//
// Run by `cargo xtask bench`. Times are of this machine on this day; what is held is a ratio within one run.

import { readFile } from 'node:fs/promises'
import * as api from 'ncrs-form-check/core'
import { callInPage, startEngine } from '../browser/engines.mjs'
import { startServer } from '../browser/server.mjs'
import { measure } from './work.mjs'

/** The most that a row of 10,000 may take, against a row of 100. Longer lists cost nothing extra but memory. */
const growth = 1.2

const file = '../submissions/dev-02-trust-smartcard-and-windows-hello.json'
const { submission } = JSON.parse(await readFile(new URL(file, import.meta.url), 'utf8'))

async function inBrowser(name) {
  const page = '<!doctype html><html lang="en"><title>Bench</title><script type="module" src="/tests/browser/in-page.mjs"></script><h1>Bench</h1>'
  const server = await startServer({ forTests: true, pages: new Map([['/bench', page]]) })
  try {
    const engine = await startEngine(name)
    try {
      await engine.driver.manage().setTimeouts({ script: 300_000 })
      await engine.driver.get(`${server.url}/bench`)
      return await callInPage(engine.driver, '/tests/bench/work.mjs', 'measureInPage', submission)
    } finally {
      await engine.stop()
    }
  } finally {
    await server.close()
  }
}

await api.init()
const hosts = { node: measure(api, submission) }
for (const name of ['chromium', 'firefox']) hosts[name] = await inBrowser(name)

const names = hosts.node.map(([name]) => name)
const cells = (row) => row.map((cell) => cell.padStart(12)).join('')
console.log(`${'microseconds'.padEnd(26)}${cells(Object.keys(hosts))}`)
names.forEach((name, at) => {
  const times = Object.values(hosts).map((rows) => rows[at][1])
  console.log(`${name.padEnd(26)}${cells(times.map((each) => each.toFixed(each < 10 ? 2 : 1)))}`)
})
const ratios = Object.entries(hosts).map(([host, rows]) => {
  const each = (count) => rows.find(([name]) => name === `${count} user rows, each`)[1]
  return [host, each(10_000) / each(100)]
})
console.log(`${'a row of 10,000 / of 100'.padEnd(26)}${cells(ratios.map(([, ratio]) => ratio.toFixed(2)))}`)
const over = ratios.filter(([, ratio]) => ratio > growth)
if (over.length > 0) {
  console.error(`over ${growth}: ${over.map(([host, ratio]) => `${host} ${ratio.toFixed(2)}`).join(', ')}`)
  process.exitCode = 1
}
