// How does each bundler make a production build of a customer's page, and what must the customer tell it?
//
// What stands here is what pkg/README.md tells customers to write.

import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** esbuild and Rollup leave the addresses of the binaries as they are, so they must lie where the addresses say: in `wasm/`, beside the scripts' folder. */
async function copyBinary(project, out) {
  await mkdir(join(out, 'wasm'), { recursive: true })
  for (const name of ['ncrs_form_check_bg.wasm', 'ncrs_form_check_standard.wasm']) {
    await cp(join(project, 'node_modules/ncrs-form-check/wasm', name), join(out, 'wasm', name))
  }
}

/** Each writes `scripts/<page>.js` for every page `<page>.js`, and what these load, into `out`. */
export const bundlers = {
  async esbuild(project, out, pages) {
    const { build } = await import('esbuild')
    await build({
      absWorkingDir: project,
      entryPoints: pages.map((page) => `${page}.js`),
      outdir: join(out, 'scripts'),
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true
    })
    await copyBinary(project, out)
  },

  async rollup(project, out, pages) {
    const { rollup } = await import('rollup')
    const { nodeResolve } = await import('@rollup/plugin-node-resolve')
    const bundle = await rollup({ input: pages.map((page) => join(project, `${page}.js`)), plugins: [nodeResolve({ browser: true })] })
    await bundle.write({ dir: join(out, 'scripts'), format: 'es' })
    await bundle.close()
    await copyBinary(project, out)
  },

  async vite(project, out, pages) {
    const { build } = await import('vite')
    await build({
      root: project,
      configFile: false,
      logLevel: 'error',
      base: '/vite/',
      build: {
        outDir: out,
        rollupOptions: {
          input: pages.map((page) => join(project, `${page}.js`)),
          output: { entryFileNames: 'scripts/[name].js' }
        }
      }
    })
  },

  async webpack(project, out, pages) {
    const { default: webpack } = await import('webpack')
    const stats = await promisify(webpack)({
      mode: 'production',
      context: project,
      entry: Object.fromEntries(pages.map((page) => [page, `./${page}.js`])),
      // Where a policy requires trusted types, webpack loads the other build's scripts only so.
      output: { path: out, filename: 'scripts/[name].js', publicPath: '/webpack/', trustedTypes: true },
      performance: { hints: false },
      // What ships is small already, and this bundler's own way to make it so takes longer than all the rest.
      optimization: { minimize: false }
    })
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'))
  }
}
