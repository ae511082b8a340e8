// How does a test start the server of the host pages, on a day of its choice and under a policy of its choice?

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * @param {string[]} options of the program `host`, like `--today`
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startHost(...options) {
  // Cargo builds it if it has to, and then becomes it.
  const child = spawn('cargo', ['run', '--quiet', '--package', 'host', '--', '--port', '0', ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let said = ''
  const url = await new Promise((done, fail) => {
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.stdout.on('data', (chunk) => {
      said += chunk
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (found) done(found)
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`the server of the host pages ended with ${code}\n${said}`)))
  })
  return {
    url,
    close: () => {
      running.delete(child)
      child.kill()
    }
  }
}
