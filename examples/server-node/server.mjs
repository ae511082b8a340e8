// How does a server in Node check again what a page sent, with the rules of the page?
//
// `formHandler` answers a posted form: 303 to the next page when nothing is to mend, else 422 with JSON that `FormCheck.showErrors` takes.
// Answers are read, judged and forgotten: nothing here stores or logs one. After `cargo xtask build` and, here,
// `npm install`, `PORT=8081 node server.mjs` starts it.

import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { init, check } from 'ncrs-form-check/core'

/** What the page is. `asked` names the questions it has, so that the server judges what the page judged; all of the form when left out. */
const page = {
  form: 'pds-access',
  // A browser also sends what is left in a closed reveal. That is nobody's mistake: leave it out of what you keep.
  profile: { rules: { 'PDS-025': 'off', 'LEG-014': 'off' } }
}

/** What is to mend in a form as it was posted. */
export function toMend(body, { form, asked, profile, today }) {
  // A list of pairs, never an object: a field may be called `__proto__`.
  const answers = [...new URLSearchParams(body)]
  const { findings, outcome } = check(form, answers, { today, asked, profile })
  const errors = findings.filter(({ severity }) => severity === 'error')
  return { outcome, findings: errors.map(({ question, message, rule }) => ({ question, message, rule })) }
}

/** The date in the UK, as the page has it. A container's own clock is often an hour behind in summer. */
export function londonToday() {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date())
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return `${year}-${month}-${day}`
}

// The longest application that makes sense, percent-encoded, is far smaller.
const mostBytes = 512 * 1024

/** The body as text, or nothing once it is longer than a form can be. The rest is then not kept. */
async function bodyOf(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response, status, headers = {}, body = '') {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers })
  response.end(body)
}

/**
 * @param {object} page what `check` is told of it, and
 * @param {string} [page.next] where a person goes when nothing is to mend
 * @param {string} [page.otherRoute] where a person goes who answered well but is on the wrong route
 * @param {() => string} [page.today]
 */
export function formHandler({ form, asked, profile, next = '/sent', otherRoute = '/another-way', today = londonToday }) {
  return async (request, response) => {
    try {
      if (request.method !== 'POST') return send(response, 405, { Allow: 'POST' })
      const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
      if (type !== 'application/x-www-form-urlencoded') return send(response, 415)
      const body = await bodyOf(request)
      if (body === undefined) return send(response, 413, { Connection: 'close' })
      const { outcome, findings } = toMend(body, { form, asked, profile, today: today() })
      if (findings.length > 0) return send(response, 422, { 'Content-Type': 'application/json; charset=utf-8' }, JSON.stringify({ findings }))
      send(response, 303, { Location: outcome === 'stop' ? otherRoute : next })
    } catch {
      // What went wrong may quote what was sent, so it is neither shown nor logged.
      if (!response.headersSent) send(response, 500)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await init()
  const server = createServer(formHandler(page))
  server.listen(Number(process.env.PORT ?? 8081), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
}
