// What does a developer hear whose page asks for what makes no sense? Where, what was looked for, and what was found.

import { fault } from '../boundary.js'

export const misfit = (where, expected, found) => fault(`${where}: expected ${expected}, found ${found}`)
