// How long does a fresh Node take to the first finding? Prints milliseconds.

import { firstCheck } from './contestants.mjs'

const [address, today, form] = process.argv.slice(2)
console.log(await firstCheck(address, today, JSON.parse(form)))
