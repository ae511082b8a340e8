// How does a test in Node get a package that nothing has started yet? In a thread of its own.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Calls one function of `vectors/starting.mjs` with a fresh package, and gives what it gives. */
export function inAFreshThread(work, ...given) {
  return inAThread({ entry: 'ncrs-form-check/core', work, given })
}

/** The same with the build without WebAssembly. */
export function inAFreshThreadWithoutWasm(work, ...given) {
  return inAThread({ entry: 'ncrs-form-check/core/js', work, given })
}

/** The same, with a binary whose buffer is of another world, as in a frame or in a test runner that gives each file its own. */
export function inAFreshThreadWithForeignBytes(work, ...given) {
  return inAThread({ entry: 'ncrs-form-check/core', work, given, foreign: true })
}

function inAThread(workerData) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData })
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', (code) => fail(new Error(`the thread ended with ${code}`)))
  })
}

/** The binary that the package ships, as a customer finds it. */
export const binaryAddress = import.meta.resolve('ncrs-form-check/ncrs_form_check_bg.wasm')

export async function binary() {
  return new Uint8Array(await readFile(fileURLToPath(binaryAddress)))
}

function foreign(bytes) {
  const copy = runInNewContext('length => new Uint8Array(length)')(bytes.length)
  copy.set(bytes)
  return copy
}

if (!isMainThread && workerData?.work) {
  const api = await import(workerData.entry)
  const starting = await import('./vectors/starting.mjs')
  const [way] = workerData.given
  const needsBinary = way !== undefined
  const bytes = needsBinary && (workerData.foreign ? foreign(await binary()) : await binary())
  const rest = needsBinary ? [way, bytes, binaryAddress] : []
  parentPort.postMessage(await starting[workerData.work](api, ...rest))
}
