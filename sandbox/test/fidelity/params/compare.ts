import type { Rule, Shape } from '@/sandbox/http/rule'
import type { Meant } from '@/sandbox/test/fidelity/sdk-types'
import { fieldsOf, meaningOf } from '@/sandbox/test/fidelity/type-violations'

/** Where what an endpoint takes and what Stripe takes differ. Paths are written `items[][price]`. */
export interface Difference {
  /** Stripe has them, the sandbox does not. */
  params: string[]
  words: Record<string, string[]>
  /** The sandbox has them, Stripe does not. */
  invented: string[]
  /** Taken, and without effect. */
  ignored: string[]
}

/** Compares the shape of an endpoint with the type of its parameters; null: Stripe takes none. */
export function compare(shape: Shape, type: Meant | null): Difference {
  const found: Difference = { params: [], words: {}, invented: [], ignored: [] }
  inShape(shape, type ? [type] : [], '', found)
  return found
}

function inShape(shape: Shape, types: readonly Meant[], within: string, found: Difference) {
  const fields = new Map<string, Meant[]>()
  for (const type of types)
    for (const [name, field] of fieldsOf(type).fields)
      fields.set(name, [...(fields.get(name) ?? []), ...alternatives(field)])
  const at = (name: string) => (within === '' ? name : `${within}[${name}]`)
  for (const name of fields.keys())
    if (!Object.hasOwn(shape, name) && at(name) !== 'expand') found.params.push(at(name))
  for (const [name, rule] of Object.entries(shape)) {
    const known = fields.get(name)
    if (!known) found.invented.push(at(name))
    else inRule(rule, known, at(name), found)
  }
}

function inRule(rule: Rule<unknown>, types: readonly Meant[], at: string, found: Difference) {
  const parts = partsOf(rule)
  const words = parts.flatMap((part) => (part.of?.kind === 'words' ? part.of.words : []))
  const legal = types.flatMap(({ type }) => (type.kind === 'literal' ? [String(type.value)] : []))
  const missed = legal.filter((word) => word !== '' && !words.includes(word))
  if (words.length > 0 && missed.length > 0) found.words[at] = missed
  for (const { of } of parts) {
    if (of?.kind === 'ignored') found.ignored.push(at)
    if (of?.kind === 'shape') inShape(of.shape, types.filter(hasFields), at, found)
    if (of?.kind === 'list') inRule(of.element, types.flatMap(elementsOf), `${at}[]`, found)
  }
}

function partsOf(rule: Rule<unknown>): Rule<unknown>[] {
  return rule.of?.kind === 'either' ? rule.of.rules.flatMap(partsOf) : [rule]
}

// What the language itself knows, or has no parameters inside.
const PLAIN = new Set([
  'Array',
  'Date',
  'Decimal',
  'OtherString',
  'Record',
  'boolean',
  'null',
  'number',
  'string',
  'unknown',
])

/** What a type can be, with names and unions resolved as far as that is possible. */
export function alternatives({ type, scope }: Meant): Meant[] {
  if (type.kind === 'union') return type.of.flatMap((part) => alternatives({ type: part, scope }))
  if (type.kind !== 'named' || PLAIN.has(type.name)) return [{ type, scope }]
  const param = scope.params.get(type.name)
  if (param) return alternatives(param)
  const meaning = meaningOf(type, scope)
  if (!meaning || meaning.type.kind === 'fields') return [{ type, scope }]
  return alternatives(meaning)
}

function elementsOf({ type, scope }: Meant): Meant[] {
  const [element] = type.kind === 'named' && type.name === 'Array' ? type.of : []
  return element ? alternatives({ type: element, scope }) : []
}

/** Whether a type is an object with fields. */
export function hasFields({ type, scope }: Meant): boolean {
  if (type.kind === 'fields') return true
  if (type.kind !== 'named' || PLAIN.has(type.name)) return false
  return meaningOf(type, scope)?.type.kind === 'fields'
}
