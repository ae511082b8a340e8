// Is a file that a page fetches the one that this build made? Writes the digests by which anybody can tell.
//
//     node integrity.mjs
//
// As browsers want them in the `integrity` of a script, of an import map or of a fetch.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pkg = fileURLToPath(new URL('../../pkg/', import.meta.url))

const digests = {}
for (const folder of ['dist', 'js', 'wasm']) {
  // Pages have the catalogue inside their entry; beside it lies what Node reads.
  for (const name of readdirSync(pkg + folder).filter((name) => name !== 'catalogue.js').sort()) {
    const bytes = readFileSync(`${pkg}${folder}/${name}`)
    digests[`${folder}/${name}`] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`
  }
}
writeFileSync(`${pkg}integrity.json`, `${JSON.stringify(digests, undefined, 2)}\n`)
