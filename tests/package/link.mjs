// How do tests import the package by the name that a customer uses?
//
// Run by npm after it installed: lays `node_modules/ncrs-form-check` as a link to `pkg/`. A dependency on `file:../pkg` would copy the version of
// `pkg/package.json` into the lock and break the installation at every release.

import { lstatSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const link = fileURLToPath(new URL('../node_modules/ncrs-form-check', import.meta.url))
if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true })
// Windows links folders by their full path alone; elsewhere a clone that is moved keeps a link that works.
const target = process.platform === 'win32' ? fileURLToPath(new URL('../../pkg', import.meta.url)) : '../../pkg'
symlinkSync(target, link, 'junction')
