// Which files does a page fetch? One, and the rules.
//
//     node bundle.mjs
//
// A file that another one asks for is a journey to the server more, and comments are a third of what the modules weigh. What two entries share
// is in both: a page needs one of them.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// From the tooling of the tests, which is locked.
const tooling = createRequire(new URL('../../tests/package.json', import.meta.url))
const { build, transform } = await import(pathToFileURL(tooling.resolve('esbuild')))
const { minify } = await import(pathToFileURL(tooling.resolve('terser')))

const pkg = fileURLToPath(new URL('../../pkg/', import.meta.url))
const binary = /'\.(\/wasm\/\w+\.wasm', import\.meta\.url)/

// What the build made before stays where it is, one folder up from here.
const besides = {
  name: 'besides',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/js\/[\w-]+\.js$/ }, ({ path }) => ({ path: `.${path}`, external: true }))
    onLoad({ filter: /\/pkg\/load(-standard)?\.js$/ }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises')
      const text = await readFile(path, 'utf8')
      if (!binary.test(text)) throw new Error(`expected the address of a binary in ${path}, found none`)
      return { contents: text.replace(binary, "'..$1") }
    })
  }
}

const { outputFiles } = await build({
  absWorkingDir: pkg,
  entryPoints: ['index.js', 'js.js', 'core.js', 'core-js.js'],
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  // What the oldest browser that has everything else can read; with private fields as they are, not put into words that older ones know.
  target: 'es2022',
  charset: 'utf8',
  plugins: [besides],
  write: false
})

// esbuild joins and shortens the modules; terser then finds another twentieth. Statements that stand apart and quotes of one kind compress
// better than the shortest text.
rmSync(`${pkg}dist`, { recursive: true, force: true })
for (const { path, text } of outputFiles) {
  const short = await transform(text, { minify: true, format: 'esm', target: 'es2022', charset: 'utf8' })
  const { code } = await minify(short.code, { module: true, ecma: 2022, compress: { passes: 3, sequences: false, lhs_constants: false }, format: { quote_style: 1 } })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, code)
}
