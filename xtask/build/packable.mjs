// May `pkg/` be packed? Only when all that its manifest lists is there, and of one build. npm runs this before it packs or publishes.
//
//     node packable.mjs [folder]

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = process.argv[2] ?? fileURLToPath(new URL('../../pkg', import.meta.url))
const read = (name) => readFileSync(`${folder}/${name}`)

function whatIsWrong() {
  const { files } = JSON.parse(read('package.json'))
  const missing = files.filter((name) => !existsSync(`${folder}/${name}`))
  // npm itself leaves out what is not there, without a word.
  if (missing.length > 0) return `${missing.join(', ')} not there`
  const changed = Object.entries(JSON.parse(read('integrity.json'))).filter(([name, digest]) => !existsSync(`${folder}/${name}`) || digest !== `sha384-${createHash('sha384').update(read(name)).digest('base64')}`)
  if (changed.length > 0) return `${changed.map(([name]) => name).join(', ')} not of the build that integrity.json is of`
  return undefined
}

const wrong = whatIsWrong()
if (wrong !== undefined) {
  process.stderr.write(`Not packed: ${wrong}. Run cargo xtask build, then pack again.\n`)
  process.exitCode = 1
}
