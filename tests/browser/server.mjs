// Which files does a browser get, under which address and with which headers?
//
// One server for people (`cargo xtask serve`) and for the browser tests. It serves `www/` as any web server would, the package under
// `/pkg/` and the design system under `/nhsuk-frontend/`, and answers a posted form with the pairs that it was sent.

import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))

const mounts = [
  { prefix: '/pkg/', folder: join(root, 'pkg') },
  { prefix: '/nhsuk-frontend/', folder: join(root, 'tests/node_modules/nhsuk-frontend/dist') },
  { prefix: '/', folder: join(root, 'www') }
]

// Only tests see these: vectors, data, and the tools that look at a page.
const testMounts = [
  { prefix: '/tests/axe-core/', folder: join(root, 'tests/node_modules/axe-core') },
  { prefix: '/tests/', folder: join(root, 'tests') }
]

const types = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.jpg', 'image/jpeg'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.tsv', 'text/tab-separated-values; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2']
])

const largestPost = 1024 * 1024

/**
 * @param {object} [options]
 * @param {number} [options.port] 0 takes any free port
 * @param {boolean} [options.forTests] serve the test files too
 * @param {(path: string) => Record<string, string> | undefined} [options.headersFor] more headers for a path, such as a Content-Security-Policy
 * @param {Map<string, string>} [options.pages] pages that are no files: path to HTML
 * @param {{ prefix: string, folder: string }[]} [options.folders] more folders to serve
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, path: string) => boolean | Promise<boolean>} [options.first]
 *   sees every request before anybody else, and says whether it has answered
 */
export async function startServer({ port = 0, forTests = false, headersFor = () => undefined, pages = new Map(), folders = [], first = () => false } = {}) {
  /** @type {{ path: string, query: string, type: string, pairs: [string, string][] }[]} */
  const posts = []
  /** What browsers reported as breaking a policy that names `/policy-reports`, as `directive blocked-address`. */
  const policyReports = []
  const places = [...folders, ...(forTests ? testMounts : []), ...mounts]

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error)
      if (!response.headersSent) sendPage(response, 500, 'Something went wrong here', [])
      else response.destroy()
    })
  })

  async function answer(request, response) {
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    const path = pathOf(request.url ?? '')
    if (path === undefined) return sendPage(response, 404, 'There is no such page', [])
    for (const [name, value] of Object.entries(headersFor(path) ?? {})) response.setHeader(name, value)
    if (await first(request, response, path)) return undefined

    if (request.method === 'POST') {
      const body = await bodyOf(request)
      if (body === undefined) return sendPage(response, 413, 'That is more than a form sends', [])
      if (forTests && path === '/policy-reports') {
        const { 'csp-report': report } = JSON.parse(String(body))
        policyReports.push(`${report['effective-directive'] ?? report['violated-directive']} ${report['blocked-uri']}`)
        response.writeHead(204)
        return response.end()
      }
      const type = request.headers['content-type'] ?? ''
      const pairs = await pairsOf(body, type)
      if (pairs === undefined) return sendPage(response, 415, 'That is not a posted form', [])
      posts.push({ path, query: new URL(request.url ?? '', 'http://host').search, type: type.split(';', 1)[0], pairs })
      return sendPage(response, 200, 'The form sent', pairs)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, POST')
      return sendPage(response, 405, 'This server does not do that', [])
    }

    if (pages.has(path)) {
      response.writeHead(200, { 'Content-Type': types.get('.html') })
      return response.end(pages.get(path))
    }
    const found = await fileAt(path, places)
    if (found === undefined) return sendPage(response, 404, 'There is no such page', [])
    if (found.elsewhere) {
      response.writeHead(301, { Location: found.elsewhere })
      return response.end()
    }
    response.writeHead(200, {
      'Content-Type': types.get(extname(found.file)) ?? 'application/octet-stream',
      'Content-Length': found.size
    })
    if (request.method === 'HEAD') return response.end()
    createReadStream(found.file).on('error', () => response.destroy()).pipe(response)
  }

  // A connection that is closed just as a browser takes it up again is a load that fails.
  server.keepAliveTimeout = 0

  await new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address())

  return {
    url: `http://127.0.0.1:${taken}`,
    posts,
    policyReports,
    close: () =>
      new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      })
  }
}

/** The decoded path, or nothing if it climbs out of its folder or cannot be read. */
function pathOf(url) {
  let path
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0])
  } catch {
    return undefined
  }
  const climbs = path.split('/').some((part) => part === '..' || part === '.')
  return path.startsWith('/') && !climbs && !/[\\\0]/.test(path) ? path : undefined
}

async function fileAt(path, places) {
  const place = places.find(({ prefix }) => path.startsWith(prefix))
  if (place === undefined) return undefined
  try {
    const folder = await realpath(place.folder)
    // A link that leads out of the folder is no way out either.
    let file = await realpath(resolve(folder, path.slice(place.prefix.length)))
    if (file !== folder && !file.startsWith(folder + sep)) return undefined
    if ((await stat(file)).isDirectory()) {
      if (!path.endsWith('/')) return { elsewhere: `${path}/` }
      file = join(file, 'index.html')
    }
    const facts = await stat(file)
    return facts.isFile() ? { file, size: facts.size } : undefined
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code)) return undefined
    throw error
  }
}

async function bodyOf(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= largestPost) chunks.push(chunk)
  }
  return size <= largestPost ? Buffer.concat(chunks) : undefined
}

async function pairsOf(body, type) {
  try {
    const data = await new Response(body, { headers: { 'Content-Type': type } }).formData()
    return [...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])
  } catch {
    return undefined
  }
}

function sendPage(response, status, title, pairs) {
  const rows = pairs.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('\n')
  const nothing = status === 200 ? '<p>Nothing.</p>' : '<p><a href="/">Go to the first page</a></p>'
  const list = pairs.length > 0 ? `<dl>\n${rows}\n</dl>` : nothing
  response.writeHead(status, { 'Content-Type': types.get('.html') })
  response.end(
    `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}</title></head>\n<body><main><h1>${title}</h1>\n${list}\n</main></body>\n</html>\n`
  )
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => entities[character])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } })
  try {
    const { url } = await startServer({ port: Number(values.port) })
    console.log(`The host pages are at ${url}/ until you press Ctrl+C`)
  } catch (error) {
    const reason = error.code === 'EADDRINUSE' ? `port ${values.port} is taken; choose another with --port` : error.message
    console.error(`The server cannot start: ${reason}`)
    process.exitCode = 1
  }
}
