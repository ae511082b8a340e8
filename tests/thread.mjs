// How does a test in Node get a package that nothing has started yet? In a thread of its own.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Calls one function of `vectors/starting.mjs` with a fresh package, and gives what it gives. */
export function inAFreshThread(work, ...given) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { work, given } })
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

if (!isMainThread && workerData?.work) {
  const api = await import('ncrs-form-check/core')
  const starting = await import('./vectors/starting.mjs')
  const needsBinary = ['startedWith', 'startedInOneStep'].includes(workerData.work)
  const rest = needsBinary ? [...workerData.given, await binary(), binaryAddress] : workerData.given
  parentPort.postMessage(await starting[workerData.work](api, ...rest))
}
