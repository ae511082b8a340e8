// What is a build of the rules that breaks? The one that ships, changed so that every instance spoils its own memory and traps: `check` at its second
// call, `checkOdsCode` at each.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import binaryen from 'binaryen'

const shipped = fileURLToPath(new URL('../../pkg/wasm/ncrs_form_check_bg.wasm', import.meta.url))
const withoutWasm = fileURLToPath(new URL('../../xtask/build/without-wasm.mjs', import.meta.url))
const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url))

const features = binaryen.Features.MutableGlobals | binaryen.Features.NontrappingFPToInt | binaryen.Features.BulkMemory | binaryen.Features.BulkMemoryOpt | binaryen.Features.SignExt

function spoil(bytes) {
  const module = binaryen.readBinary(bytes)
  module.setFeatures(features)
  const { i32, none } = binaryen
  module.addGlobal('calls', i32, true, module.i32.const(0))
  for (const [name, texts, callsThatGoWell] of [['check', 1, 1], ['checkOdsCode', 2, 0]]) {
    const { value } = Array.from({ length: module.getNumExports() }, (_, at) => binaryen.getExportInfo(module.getExportByIndex(at))).find((one) => one.name === name)
    const given = Array.from({ length: 1 + 2 * texts }, () => i32)
    const counted = module.global.set('calls', module.i32.add(module.global.get('calls', i32), module.i32.const(1)))
    const breaks = module.if(
      module.i32.gt_u(module.global.get('calls', i32), module.i32.const(callsThatGoWell)),
      module.block(null, [module.memory.fill(module.i32.const(0), module.i32.const(0x55), module.i32.const(17 * 65_536)), module.unreachable()])
    )
    const goesOn = module.call(value, given.map((type, at) => module.local.get(at, type)), none)
    module.addFunction(`spoiled ${name}`, binaryen.createType(given), none, [], module.block(null, [counted, breaks, goesOn]))
    module.removeExport(name)
    module.addFunctionExport(`spoiled ${name}`, name)
  }
  return module.emitBinary()
}

/**
 * The folder with `rules.wasm` and the same as `rules.js`. Kept beside what cargo makes, as the latter takes a while.
 *
 * @returns {Promise<string>}
 */
export async function spoiledFolder() {
  const hash = createHash('sha256')
  for (const file of [shipped, withoutWasm, fileURLToPath(import.meta.url)]) hash.update(await readFile(file))
  const folder = join(target, 'spoiled-rules', hash.digest('hex').slice(0, 16))
  if (await stat(folder).catch(() => undefined)) return folder
  const making = `${folder}.${process.pid}`
  await mkdir(making, { recursive: true })
  // Whatever a folder above says of itself, these are modules.
  await writeFile(join(making, 'package.json'), '{ "type": "module" }\n')
  await writeFile(join(making, 'rules.wasm'), spoil(await readFile(shipped)))
  await promisify(execFile)(process.execPath, [withoutWasm, join(making, 'rules.wasm'), join(making, 'rules.js')])
  await rename(making, folder)
  return folder
}
