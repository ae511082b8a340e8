// How does each library become the one small file that a team would serve?
//
// esbuild minifies each with its rules into a folder that git ignores. The browsers load these files, and so does Node, so that nobody's start
// pays for many small files on the disk.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compiled } from './peers/ajv-schema.mjs'

const file = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Every library, by the name that the table gives it. */
export const peers = { 'zod': 'Zod 4', 'zod-compiled': 'Zod 4, z.compile', 'valibot': 'Valibot', 'ajv': 'Ajv, compiled ahead', 'joi': 'Joi', 'plain': 'plain JavaScript' }

// What the letters of a pattern stand for, as `src/tables/ods-formats.toml` opens with.
const letters = {
  d: '\\d',
  a: '[A-Z]',
  y: '[A-Y]',
  w: '[A-HJ-NP-Y]',
  l: '[AC-HJ-NP-RTV-Y]',
  n: '[A-Z\\d]',
  x: '[A-HJ-NP-Z\\d]',
  k: '[AC-HJ-NP-RTV-Y\\d]'
}

/** The shapes of all ODS codes as one regular expression, which is what a team without us would write. */
export async function shapeOfCodes() {
  const table = await readFile(file('../../src/tables/ods-formats.toml'), 'utf8')
  const patterns = [...table.matchAll(/^pattern = "(.+)"$/gm)].flatMap(([, pattern]) => pattern.split(', '))
  const shapes = patterns.map((pattern) => pattern.replace(/\[[^\]]+\]|[a-z]/g, (element) => letters[element] ?? element))
  return `^(?:${shapes.join('|')})$`
}

/** Bundles every library. Gives the folder and the bytes of each. */
export async function bundlePeers() {
  const folder = file('../node_modules/.cache/bench/')
  await mkdir(folder, { recursive: true })
  const shape = await shapeOfCodes()
  const compiledByAjv = `${folder}compiled-by-ajv.mjs`
  await writeFile(compiledByAjv, await compiled(file('peers/ajv-formats.mjs'), shape))
  const bytes = {}
  for (const name of Object.keys(peers)) {
    const { outputFiles } = await build({
      entryPoints: [file(`peers/${name}.mjs`)],
      outfile: `${folder}${name}.mjs`,
      alias: { 'compiled-by-ajv': compiledByAjv },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      legalComments: 'none',
      // Joi's file for browsers looks for its window by this name, which Node has not.
      banner: { js: 'globalThis.self ??= globalThis;' },
      logLevel: 'warning',
      write: false
    })
    await writeFile(outputFiles[0].path, outputFiles[0].contents)
    bytes[name] = outputFiles[0].contents.length
  }
  return { folder, shape, bytes }
}
