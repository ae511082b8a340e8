// What does a customer have who installed the package: its packed files in a project of their own, and nothing of this repository?

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Whoever calls `leave` takes the project away again. */
export async function customer() {
  const project = await mkdtemp(join(tmpdir(), 'ncrs-customer-'))
  const { stdout } = await run(npm, ['pack', fileURLToPath(new URL('../../pkg', import.meta.url)), '--json', '--pack-destination', project], { cwd: project })
  const [{ filename, files }] = Object.values(JSON.parse(stdout))
  const folder = join(project, 'node_modules', 'ncrs-form-check')
  await mkdir(folder, { recursive: true })
  await run('tar', ['-xzf', join(project, filename), '-C', folder, '--strip-components=1'])
  await writeFile(join(project, 'package.json'), '{ "type": "module" }\n')
  return { project, packed: files.map(({ path }) => path).sort(), leave: () => rm(project, { recursive: true }) }
}
