// Does the server give what a host's web server would, and nothing else of this machine?

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

let server
before(async () => {
  server = await startServer({
    pages: new Map([['/page', '<title>A page</title>']]),
    headersFor: (path) => (path === '/page' ? { 'Content-Security-Policy': "default-src 'none'" } : undefined)
  })
})
after(() => server.close())

/** What a client that tidies no address gets: the first line of the answer, and its body. */
function raw(request) {
  return new Promise((done, fail) => {
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${request}\r\nHost: x\r\nConnection: close\r\n\r\n`))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk))
    socket.on('end', () => done(answer))
    socket.on('error', fail)
  })
}

test('a file of the design system comes with its type and is not kept', async () => {
  const answer = await fetch(`${server.url}/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(Number(answer.headers.get('content-length')), (await answer.arrayBuffer()).byteLength)
})

test('the head of a file comes without the file', async () => {
  const answer = await fetch(`${server.url}/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css`, { method: 'HEAD' })
  assert.equal(answer.status, 200)
  assert.equal((await answer.text()).length, 0)
})

test('what is not there is a 404 page', async () => {
  for (const path of ['/no-such-page', '/pkg/no-such-file.js', '/nhsuk-frontend/', `/${'a'.repeat(5000)}`]) {
    const answer = await fetch(server.url + path)
    assert.equal(answer.status, 404, path)
    assert.match(await answer.text(), /There is no such page/)
  }
})

test('tests and tools are served to tests alone', async () => {
  assert.equal((await fetch(`${server.url}/tests/package.json`)).status, 404)
  const forTests = await startServer({ forTests: true })
  try {
    assert.equal((await fetch(`${forTests.url}/tests/package.json`)).status, 200)
  } finally {
    await forTests.close()
  }
})

test('no path climbs out of its folder', async () => {
  const paths = [
    '/pkg/../Cargo.toml',
    '/pkg/%2e%2e/Cargo.toml',
    '/pkg/..%2fCargo.toml',
    '/pkg/..%5cCargo.toml',
    '/../../../../../../etc/passwd',
    '/pkg//etc/passwd',
    '//etc/passwd',
    '/pkg/%00/../Cargo.toml',
    '/%E0%A4%A',
    'Cargo.toml'
  ]
  for (const path of paths) assert.match(await raw(`GET ${path} HTTP/1.1`), /^HTTP\/1\.1 (404|400) /, path)
})

test('a posted form is answered with its pairs, in order and escaped', async () => {
  const body = new URLSearchParams([
    ['organisation.ods_code', '<b>"A&1\''],
    ['twice', '1'],
    ['twice', '2'],
    ['empty', '']
  ])
  const answer = await fetch(`${server.url}/anything?handler=one`, { method: 'POST', body })
  assert.equal(answer.status, 200)
  const html = await answer.text()
  assert.ok(html.includes('<dt>organisation.ods_code</dt><dd>&lt;b&gt;&quot;A&amp;1&#39;</dd>\n<dt>twice</dt><dd>1</dd>\n<dt>twice</dt><dd>2</dd>'), html)
  assert.deepEqual(server.posts.at(-1), { path: '/anything', query: '?handler=one', type: 'application/x-www-form-urlencoded', pairs: [...body] })
})

test('a form that is posted in parts is read too', async () => {
  const body = new FormData()
  body.append('name', 'Åsa\nB')
  await fetch(`${server.url}/parts`, { method: 'POST', body })
  assert.deepEqual(server.posts.at(-1), { path: '/parts', query: '', type: 'multipart/form-data', pairs: [['name', 'Åsa\r\nB']] })
})

test('a post that is no form, or far too large, is refused', async () => {
  const post = (body, type) => fetch(`${server.url}/`, { method: 'POST', body, headers: { 'Content-Type': type } })
  assert.equal((await post('{}', 'application/json')).status, 415)
  assert.equal((await post('a='.padEnd(1024 * 1024 + 1, 'x'), 'application/x-www-form-urlencoded')).status, 413)
})

test('another method is told which there are', async () => {
  const answer = await fetch(`${server.url}/`, { method: 'DELETE' })
  assert.equal(answer.status, 405)
  assert.equal(answer.headers.get('allow'), 'GET, HEAD, POST')
})

test('a test can give a path its own headers', async () => {
  assert.equal((await fetch(`${server.url}/page`)).headers.get('content-security-policy'), "default-src 'none'")
  assert.equal((await fetch(`${server.url}/other`)).headers.get('content-security-policy'), null)
})
