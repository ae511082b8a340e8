// How does a page get to a browser together with our component, under which policy, and what did the browser ask for?

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { startServer } from '../browser/server.mjs'
import { wasmStates } from './doctored.mjs'
import { moved } from './moved.mjs'

/** The policy that host-forms/README.md names; the reports are for us. */
const strict =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'; require-trusted-types-for 'script'; base-uri 'self'"
export const policies = { none: undefined, strict, 'strict with Wasm': strict.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") }

const kit = '/tests/pages/in-page.mjs'

const { exports: entries } = JSON.parse(await readFile(new URL('../../pkg/package.json', import.meta.url), 'utf8'))

/** Why an entry of the package cannot be tried, or false. */
export const lacks = (name) => !Object.hasOwn(entries, name) && `pkg/package.json exports no ${name}`

/** Where a browser gets an entry of the package from, as its `exports` say. */
export function entryAddress(name) {
  const entry = entries[name]
  const file = typeof entry === 'string' ? entry : entry?.default
  if (file === undefined) throw new Error(`pkg/package.json exports no ${name} for browsers`)
  return `/pkg/${file.replace(/^\.\//, '')}`
}

export async function startPageServer() {
  /** Every request since a page was put up last, as `method path`. */
  const requests = []
  const files = new Map()
  let shown = { wasm: 'good' }
  let release = () => undefined
  let held = Promise.resolve()
  let count = 0

  const server = await startServer({
    forTests: true,
    headersFor: (path) => (path === shown.path && shown.policy ? { 'Content-Security-Policy': shown.policy } : undefined),
    async first(request, response, path) {
      requests.push(`${request.method} ${path}`)
      // Browsers ask for the first of themselves, the design system's style sheet for pictures of the others.
      if (path === '/favicon.ico' || path.startsWith('/assets/images/nhsuk-')) {
        response.writeHead(204)
        response.end()
        return true
      }
      const state = typeof shown.wasm === 'object' ? shown.wasm[path] : path.endsWith('.wasm') && shown.wasm
      if (wasmStates[state]) return wasmStates[state](response, basename(path), held)
      const file = request.method === 'POST' ? undefined : files.get(path)
      if (file === undefined) return false
      response.writeHead(200, { 'Content-Type': `${file.type}; charset=utf-8` })
      response.end(file.text)
      return true
    }
  })

  const text = (path, type, content) => {
    files.set(path, { type, text: content })
    return path
  }

  return {
    ...server,
    requests,

    /**
     * Puts up a page with the host's own script and gives its address.
     *
     * @param {object} page
     * @param {string} page.html
     * @param {string} page.script what the host's own script does, after `import * as ours`
     * @param {keyof policies} [page.policy]
     * @param {string | Record<string, string>} [page.wasm] `good` or one of `wasmStates`, for every binary or by the paths of files
     */
    show({ html, script, policy = 'none', wasm = 'good' }) {
      count += 1
      const folder = `/shown/${count}/`
      const strictly = policies[policy] === undefined ? { html, files: new Map() } : moved(html, folder)
      for (const [path, file] of strictly.files) text(path, file.type, file.text)
      text(`${folder}host.mjs`, 'text/javascript', `import * as ours from '${kit}'\nawait ours.dressed()\n${script}\n`)
      const host = `<script type="module" src="/tests/browser/in-page.mjs"></script><script type="module" src="${folder}host.mjs"></script>`
      // After what the page says of itself, and absolute, so that a base address of the page does not lead them astray.
      const withHost = strictly.html.includes('</body>') ? strictly.html.replace('</body>', () => `${host}</body>`) : strictly.html + host
      const path = text(`${folder}page.html`, 'text/html', withHost)
      // A page that posts into a frame needs a word more, whoever checks its form.
      const frames = policies[policy] && html.includes('<iframe') ? "; frame-src 'self'" : ''
      shown = { path, policy: policies[policy] && policies[policy] + frames, wasm }
      held = new Promise((done) => {
        release = done
      })
      requests.length = 0
      server.posts.length = 0
      return server.url + path
    },

    /** Lets a `.wasm` file that is `slow` go. */
    release: () => release(),

    /** A module whose only export runs this, in the page: a policy allows files, and no text as a program. */
    module(body) {
      count += 1
      return text(`/shown/run-${count}.mjs`, 'text/javascript', `import { component, FormCheck, createAll, hostConfig, kit } from '${kit}'\n${body}\n`)
    },

    close() {
      release()
      return server.close()
    }
  }
}
