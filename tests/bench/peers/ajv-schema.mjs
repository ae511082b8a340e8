// How does a team write these rules in JSON Schema, and what does Ajv compile them to ahead of time?

import Ajv, { _ } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { sections } from '../rules-for-peers.mjs'

function schemaOf({ options, many, missing, max, format, alsoFormat }) {
  if (options && many) return { type: 'array', minItems: 1, items: { enum: options } }
  if (options) return { enum: missing ? options : ['', ...options] }
  const schema = { type: 'string' }
  if (missing) schema.pattern = '\\S'
  if (max) schema.maxLength = max
  if (format) schema.format = format
  if (alsoFormat) schema.allOf = [{ format: alsoFormat }]
  return schema
}

function section(name) {
  const questions = Object.entries(sections[name])
  return {
    type: 'object',
    properties: Object.fromEntries(questions.map(([question, rule]) => [question, schemaOf(rule)])),
    required: questions.filter(([, { missing }]) => missing).map(([question]) => question)
  }
}

function object(properties) {
  return { type: 'object', properties, required: Object.keys(properties) }
}

const schema = object({
  journey: section('journey'),
  organisation: section('organisation'),
  contacts: object({
    applicant: section('contacts.applicant'),
    authoriser: section('contacts.authoriser'),
    dpo: section('contacts.dpo')
  }),
  pds: section('pds'),
  legal: section('legal'),
  declaration: section('declaration')
})

/**
 * A module that exports the validating functions `form` and `code`.
 *
 * @param {string} formatsModule where that module finds the formats
 * @param {string} shape of an ODS code
 */
export async function compiled(formatsModule, shape) {
  const { formats } = await import(formatsModule)
  const ajv = new Ajv({
    allErrors: true,
    strictTypes: false,
    schemas: { form: { $id: 'form', ...schema }, code: { $id: 'code', type: 'string', pattern: shape } },
    formats,
    // The compiled code asks this module for the formats.
    code: { source: true, esm: true, formats: _`require(${formatsModule}).formats` }
  })
  return standaloneCode(ajv, { form: 'form', code: 'code' })
}
