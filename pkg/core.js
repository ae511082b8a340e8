// The whole core in a browser or worker: the checks, and what there is to know about rules and tables.

export { check, checkOdsCode, init, initSync, version } from './load.js'
export { rules, tables } from './catalogue.js'
