// When the rules break, does the next instance answer as if nothing had been, and is what cannot be mended told in the promised way?

import { watched } from './memory.mjs'

const today = '2026-01-31'
const answers = [['organisation.ods_code', 'Somebody Typed This'], ['organisation.postcode', 'LS1 4AP']]

/**
 * @param {() => import('../../pkg/instance.js').Exports} make - makes an instance that breaks as those of spoiled.mjs do
 * @param {() => import('../../pkg/instance.js').Exports} sound - one that does not
 */
export async function recovers(make, sound) {
  const failures = []
  let checked = 0
  const expect = (name, right, found) => {
    checked += 1
    if (!right) failures.push(`${name}: ${found}`)
  }
  const ask = (api) => JSON.stringify(api.check('pds-access', answers, { today }))
  const wanted = ask((await watched(sound)).api)

  const { api, made } = await watched(make)
  for (const instances of [1, 2, 3]) {
    const got = ask(api)
    expect(`report ${instances} is the right one`, got === wanted, got)
    expect(`it came of instance ${instances}`, made.length === instances, made.length)
  }

  const before = made.length
  let thrown
  try {
    thrown = `nothing but ${JSON.stringify(api.checkOdsCode('Somebody Typed This'))}`
  } catch (error) {
    thrown = error
  }
  expect('what breaks twice is told by name', thrown instanceof Error && thrown.name === 'RulesBroken' && thrown.message.includes('ncrs-form-check'), thrown)
  expect('and tried on one fresh instance', made.length === before + 1, made.length - before)
  const told = `${thrown.message} ${thrown.stack} ${thrown.cause?.message} ${thrown.cause?.stack}`
  expect('and repeats nothing that was typed', !told.includes('Typed'), told)
  expect('and the next question is answered', ask(api) === wanted, '')

  let faulty = made.length
  try {
    api.check('no-such-form', answers, { today })
    faulty = 'no fault'
  } catch (error) {
    if (error.name === 'RulesBroken') faulty = error
  }
  expect('a fault of the caller is none of the rules', typeof faulty === 'number', faulty)
  return { checked, failures }
}
