// Which formats does Ajv know by name? Those of the rules, each letting a blank answer pass, about which `pattern` speaks.

import { formats as tests } from '../rules-for-peers.mjs'

export const formats = Object.fromEntries(
  Object.entries(tests).map(([name, test]) => [name, (answer) => answer.trim() === '' || test(answer.trim())])
)
