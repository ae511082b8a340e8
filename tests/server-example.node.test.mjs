// Does the Node server of the examples find in a posted form what the rules find, and nothing else of it?

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFile, mkdir, readFile, readdir } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { check, init } from 'ncrs-form-check/core'

const today = '2026-11-22'
/** The rules about answers that are left in a closed reveal, off as the example has them. */
const leftOver = {
  'pds-access': { rules: { 'PDS-025': 'off', 'LEG-014': 'off' } },
  'ncrs-onboarding': { rules: { 'PDS-025': 'off', 'LEG-014': 'off', 'SCR-012': 'off', 'RAU-009': 'off', 'SUP-005': 'off' } }
}

// Where the package is found by its name, as in a team's own project.
const copy = new URL('node_modules/.cache/server-node/server.mjs', import.meta.url)

let example
let submissions
const servers = []
before(async () => {
  await init()
  await mkdir(new URL('.', copy), { recursive: true })
  await copyFile(new URL('../examples/server-node/server.mjs', import.meta.url), copy)
  example = await import(copy)
  const names = (await readdir(new URL('submissions/', import.meta.url))).sort()
  submissions = await Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(`submissions/${name}`, import.meta.url), 'utf8')).submission))
})
after(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(page) {
  const server = createServer(example.formHandler({ today: () => today, ...page }))
  servers.push(server)
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${server.address().port}`
}

/** A nested submission as a form posts it. */
function pairsOf(value, name = '') {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => (typeof item === 'object' ? pairsOf(item, `${name}[${at}]`) : [[name, String(item)]]))
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => pairsOf(inner, name === '' ? key : `${name}.${key}`))
  }
  return [[name, String(value ?? '')]]
}

const post = (url, body, headers = {}) => fetch(url, { method: 'POST', body, redirect: 'manual', headers })

const toShow = (report) =>
  report.findings.filter(({ severity }) => severity === 'error').map(({ question, message, rule }) => ({ question, message, rule }))

test('every worked example is answered with the errors that the rules find', async () => {
  const heard = new Set()
  const statuses = []
  for (const [form, profile] of Object.entries(leftOver)) {
    const url = await serve({ form, profile })
    for (const submission of submissions) {
      const report = check(form, submission, { today, profile })
      const expected = toShow(report)
      const answer = await post(url, new URLSearchParams(pairsOf(submission)))
      statuses.push(answer.status)
      if (expected.length === 0) {
        assert.equal(answer.status, 303)
        assert.equal(answer.headers.get('location'), report.outcome === 'stop' ? '/another-way' : '/sent')
      } else {
        assert.equal(answer.status, 422)
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        assert.deepEqual(await answer.json(), { findings: expected })
        expected.forEach(({ rule }) => heard.add(rule))
      }
    }
  }
  assert.ok(statuses.includes(303) && statuses.includes(422))
  assert.ok(heard.size > 50, `only ${heard.size} rules spoke`)
})

test('a page that asks a part is judged by that part', async () => {
  const asked = ['organisation.ods_code', 'contacts.applicant.email']
  const url = await serve({ form: 'pds-access', asked })
  const answer = await post(url, new URLSearchParams({ 'organisation.ods_code': 'LS1 4AP', 'contacts.applicant.email': 'nobody', 'organisation.name': '' }))
  const { findings } = await answer.json()
  assert.deepEqual(findings.map(({ question }) => question), asked)
})

test('what is left in a closed reveal is nobody’s mistake', async () => {
  const page = { form: 'pds-access', asked: ['pds.stores_data', 'pds.storage_location', 'pds.retention_period'] }
  const body = new URLSearchParams('pds.stores_data=no&pds.storage_location=uk&pds.retention_period=1+year')
  assert.equal((await post(await serve({ ...page, profile: leftOver['pds-access'] }), body)).status, 303)
  const { findings } = await (await post(await serve(page), body)).json()
  assert.deepEqual(findings.map(({ rule }) => rule), ['PDS-025'])
})

test('an answer is never sent back, whatever it or its name is', async () => {
  const url = await serve({ form: 'pds-access' })
  const secret = 'zq-4471-secret'
  const names = ['__proto__', 'constructor', 'toString', 'organisation.__proto__.polluted', '__proto__[polluted]', 'pds.use_case', 'organisation.postcode', 'ra.users[0].uuid']
  const answer = await post(url, new URLSearchParams(names.map((name) => [name, secret])))
  assert.equal(answer.status, 422)
  const text = await answer.text()
  assert.ok(!text.includes(secret))
  assert.ok(JSON.parse(text).findings.every((finding) => Object.keys(finding).join() === 'question,message,rule'))
  assert.equal({}.polluted, undefined)
})

test('bytes that are no text, and names without values, are read', async () => {
  const url = await serve({ form: 'pds-access' })
  const type = { 'Content-Type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }
  for (const body of ['', '&&&', '=', '%', '%zz=%ff%fe', 'organisation.name', new Uint8Array([0xff, 0x00, 0x3d, 0xc3])]) {
    assert.equal((await post(url, body, type)).status, 422)
  }
})

test('other methods and types are refused', async () => {
  const url = await serve({ form: 'pds-access' })
  const got = await fetch(url)
  assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST'])
  assert.equal((await post(url, '{}', { 'Content-Type': 'application/json' })).status, 415)
  assert.equal((await post(url, new Uint8Array([1]))).status, 415)
})

test('more than a form sends is refused before it has all been read', { timeout: 30_000 }, async () => {
  const url = await serve({ form: 'pds-access' })
  const status = await new Promise((done, fail) => {
    const request = httpRequest(url, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, (response) => {
      response.resume()
      done(response.statusCode)
    })
    request.on('error', fail)
    // Never ended: a server that waits for the end would never answer.
    request.write(`organisation.name=${'x'.repeat(600 * 1024)}`)
  })
  assert.equal(status, 413)
})

test('a form that cannot be judged is a fault of the server that says nothing', async () => {
  const url = await serve({ form: 'no-such-form' })
  const answer = await post(url, new URLSearchParams({ 'organisation.name': 'x' }))
  assert.deepEqual([answer.status, await answer.text()], [500, ''])
})

test('the file starts a server by itself', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [fileURLToPath(copy)], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    let said = ''
    const url = await new Promise((done, fail) => {
      child.stdout.on('data', (chunk) => {
        said += chunk
        const [found] = /http:\S+/.exec(said) ?? []
        if (found) done(found)
      })
      child.once('exit', (code) => fail(new Error(`it ended with ${code}`)))
    })
    const answer = await post(url, new URLSearchParams({ 'organisation.postcode': 'PE39' }))
    assert.equal(answer.status, 422)
    assert.ok(!said.includes('PE39'))
  } finally {
    child.kill()
  }
})

test('today is the day in London', () => {
  const expected = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' })
  assert.equal(example.londonToday(), expected)
})
