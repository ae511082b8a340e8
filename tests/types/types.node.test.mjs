// Do the types that ship compile for a customer, and do the answers at run time have exactly the types that are promised?

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import * as api from 'ncrs-form-check/core'
import { rowsOf } from '../vectors/decisions.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

for (const resolution of ['bundler', 'nodenext']) {
  test(`a strict project with moduleResolution ${resolution} compiles`, async () => {
    const compiler = here('../node_modules/typescript/bin/tsc')
    const { code, output } = await new Promise((done) => {
      execFile(process.execPath, [compiler, '-p', here(`tsconfig.${resolution}.json`)], (error, stdout) => done({ code: error?.code ?? 0, output: stdout }))
    })
    assert.equal(output, '')
    assert.equal(code, 0)
  })
}

/** The types of the entry, as the compiler finds them through the package's exports. */
function declared() {
  const file = here('core.ts')
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true }
  const host = ts.createCompilerHost(options)
  const { resolvedModule } = ts.resolveModuleName('ncrs-form-check/core', file, options, host, undefined, undefined, ts.ModuleKind.ESNext)
  assert.ok(resolvedModule?.resolvedFileName.endsWith('.d.ts'), `the types of ./core are ${resolvedModule?.resolvedFileName}`)
  const program = ts.createProgram([resolvedModule.resolvedFileName], options, host)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(resolvedModule.resolvedFileName)
  const names = new Map(checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((symbol) => [symbol.name, symbol]))
  return { checker, source, names }
}

let types
before(async () => {
  types = declared()
  await api.init()
})

/** What a value has that its type does not promise, and what it lacks. */
function differences(value, type, path) {
  const { checker } = types
  if (type.isUnion()) {
    const each = type.types.map((one) => differences(value, one, path))
    if (each.some((faults) => faults.length === 0)) return []
    // The nearest member says most.
    return each.sort((one, other) => one.length - other.length)[0]
  }
  const name = checker.typeToString(type)
  const wrong = [`${path} should be ${name} and is ${JSON.stringify(value)}`]
  const { flags } = type
  if (flags & ts.TypeFlags.StringLiteral || flags & ts.TypeFlags.NumberLiteral) return value === type.value ? [] : wrong
  if (flags & ts.TypeFlags.BooleanLiteral) return String(value) === type.intrinsicName && typeof value === 'boolean' ? [] : wrong
  if (flags & ts.TypeFlags.String) return typeof value === 'string' ? [] : wrong
  if (flags & ts.TypeFlags.Number) return typeof value === 'number' ? [] : wrong
  if (flags & ts.TypeFlags.Boolean) return typeof value === 'boolean' ? [] : wrong
  if (flags & ts.TypeFlags.Null) return value === null ? [] : wrong
  if (flags & ts.TypeFlags.Undefined) return value === undefined ? [] : wrong
  if (!(flags & ts.TypeFlags.Object)) throw new Error(`${path}: this test cannot judge the type ${name}`)
  if (checker.isArrayType(type)) {
    if (!Array.isArray(value)) return wrong
    const [element] = checker.getTypeArguments(type)
    return value.flatMap((one, index) => differences(one, element, `${path}[${index}]`))
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return wrong
  const rest = checker.getIndexTypeOfType(type, ts.IndexKind.String)
  const properties = new Map(checker.getPropertiesOfType(type).map((property) => [property.name, property]))
  const faults = []
  for (const key of Object.keys(value)) {
    if (properties.has(key)) {
      const own = checker.getTypeOfSymbolAtLocation(properties.get(key), types.source)
      // A key that is there has a value: an optional one is absent, never undefined.
      faults.push(...differences(value[key], checker.getNonNullableType(own) === own ? own : withoutUndefined(own), `${path}.${key}`))
    } else if (rest) {
      faults.push(...differences(value[key], rest, `${path}.${key}`))
    } else {
      faults.push(`${path}.${key} is not promised by ${name}`)
    }
  }
  for (const [key, property] of properties) {
    if (!(property.flags & ts.SymbolFlags.Optional) && !(key in value)) faults.push(`${path}.${key} is promised by ${name} and not there`)
  }
  return faults
}

function withoutUndefined(type) {
  if (!type.isUnion()) return type
  const kept = type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined))
  return kept.length === 1 ? kept[0] : Object.assign(Object.create(type), { types: kept })
}

function resultOf(name) {
  const symbol = types.names.get(name)
  assert.ok(symbol, `${name} is not exported`)
  const [signature] = types.checker.getTypeOfSymbolAtLocation(symbol, types.source).getCallSignatures()
  return signature.getReturnType()
}

function promised(name, values) {
  const type = resultOf(name)
  assert.ok(values.length > 0)
  const faults = new Set(values.flatMap((value) => differences(value, type, name)).map((fault) => fault.replace(/\[\d+\]/g, '[]')))
  assert.deepEqual([...faults].slice(0, 20), [])
}

test('every type of the contract is exported by its name', () => {
  for (const name of ['OdsOptions', 'OdsCheck', 'Report', 'Finding', 'Section', 'RuleInfo', 'TableInfo', 'Profile']) {
    assert.ok(types.names.has(name), `${name} is not exported`)
  }
})

test('what is exported at run time is what the types export', () => {
  const values = [...types.names].filter(([, { flags }]) => flags & ts.SymbolFlags.Value).map(([name]) => name)
  assert.deepEqual(Object.keys(api).sort(), values.sort())
})

test('a checked ODS code has the promised type', async () => {
  const rows = rowsOf(await readFile(here('../ods/cases.tsv'), 'utf8'))
  promised('checkOdsCode', rows.map(({ input, box }) => api.checkOdsCode(JSON.parse(input), { box })))
})

test('a report has the promised type', () => {
  const texts = ['A81001', 'a81001', 'someone@example.org', '', 'Z7129', '\u041081001']
  promised('check', texts.map((text) => api.check('ods-code', [['organisation.ods_code', text]], { today: '2026-01-31', suggestions: true })))
})

test('rules and tables have the promised type', () => {
  promised('rules', [api.rules()])
  promised('tables', [api.tables()])
  assert.ok(api.rules().length > 0 && api.tables().length > 0)
})

test('this test sees a key too many, one too few and one of another type', () => {
  const right = api.checkOdsCode('A81001')
  const { tidied: _, ...tooFew } = right
  const type = resultOf('checkOdsCode')
  assert.deepEqual(differences(right, type, 'it'), [])
  assert.match(differences({ ...right, more: 1 }, type, 'it').join(), /it\.more is not promised/)
  assert.match(differences(tooFew, type, 'it').join(), /it\.tidied is promised/)
  assert.match(differences({ ...right, verdict: 'valid' }, type, 'it').join(), /it\.verdict should be/)
  assert.match(differences({ ...right, suggestion: undefined }, type, 'it').join(), /it\.suggestion should be string/)
})
