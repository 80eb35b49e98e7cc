import { lookUp, type Meant, type Scope } from './sdk-types'
import type { Field, Type } from './type-syntax'

/**
 * Everything in which a value is not what the SDK's types say of it, each with its path. Stripe may
 * add fields and words tomorrow; the sandbox may not, so what the types do not name is a violation.
 */
export function violationsIn(value: unknown, { type, scope }: Meant, path: string): string[] {
  if (type.kind === 'literal') return value === type.value ? [] : [wrong(path, value, type)]
  if (type.kind === 'union') return inUnion(value, type.of, scope, path)
  if (type.kind === 'both')
    return type.of.flatMap((part) => violationsIn(value, { type: part, scope }, path))
  if (type.kind === 'fields') return inFields(value, fieldsOf({ type, scope }), path)
  return inNamed(value, type, scope, path)
}

interface Allowed {
  fields: Map<string, Field & { scope: Scope }>
  index: Meant | null
}

function inNamed(
  value: unknown,
  type: Extract<Type, { kind: 'named' }>,
  scope: Scope,
  path: string,
): string[] {
  const [first] = type.of
  const inner = first && { type: first, scope }
  const plain = PLAIN[type.name]
  if (plain) return plain(value) ? [] : [wrong(path, value, type)]
  if (type.name === 'Array' && inner) {
    if (!Array.isArray(value)) return [wrong(path, value, type)]
    return value.flatMap((entry, index) => violationsIn(entry, inner, `${path}[${index}]`))
  }
  if (type.name === 'Record' && type.of[1])
    return inFields(value, { fields: new Map(), index: { type: type.of[1], scope } }, path)
  if (type.name === 'Partial' && inner) return inPart(value, inner, path)
  const param = scope.params.get(type.name)
  if (param) return violationsIn(value, param, path)
  const declared = meaningOf(type, scope)
  if (!declared) return [`${path}: the types do not say what ${type.name} is`]
  if (declared.type.kind !== 'fields') return violationsIn(value, declared, path)
  return inFields(value, fieldsOf({ type, scope }), path)
}

// `void` is the type of what a deleted object has and this one has not.
const PLAIN: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  void: (value) => value === undefined,
  undefined: (value) => value === undefined,
  unknown: () => true,
  any: () => true,
  // It travels as text, and the SDK makes a number of it.
  Decimal: (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  // Lets everything through in the types; here only the words beside it are allowed.
  OtherString: () => false,
}

/** One of several: what the value comes closest to says what is wrong. */
function inUnion(value: unknown, of: readonly Type[], scope: Scope, path: string): string[] {
  let closest: string[] | null = null
  for (const type of of) {
    if (!couldBe(value, { type, scope })) continue
    const violations = violationsIn(value, { type, scope }, path)
    if (violations.every((violation) => violation.endsWith(WHOLE)))
      return isWhole(value, of) ? [`${path}${WHOLE}`, ...violations] : violations
    if (!closest || violations.length < closest.length) closest = violations
  }
  // What has an inside says what is wrong inside; a word or a number fits none of them.
  const whole = [wrong(path, value, { kind: 'union', of: [...of] })]
  return typeof value === 'object' && value !== null ? (closest ?? whole) : whole
}

/**
 * How the violation's text ends when an object stands where its id would do. It is none where the
 * request expanded it.
 */
export const WHOLE = ': is whole, and not an id'

function isWhole(value: unknown, of: readonly Type[]): boolean {
  const canBeId = of.some((type) => type.kind === 'named' && type.name === 'string')
  return canBeId && isNode(value) && 'id' in value && 'object' in value
}

/** A thing that says what it is is not compared with what it is not. */
function couldBe(value: unknown, { type, scope }: Meant): boolean {
  if (type.kind !== 'named' || !isNode(value)) return true
  const declared = meaningOf(type, scope)
  if (declared?.type.kind !== 'fields') return true
  const mark = declared.type.fields.find(({ name }) => name === 'object')?.type
  return mark?.kind !== 'literal' || mark.value === value.object
}

function inFields(value: unknown, { fields, index }: Allowed, path: string): string[] {
  if (!isNode(value)) return [`${path}: ${JSON.stringify(value)} is no object`]
  const unknown = Object.entries(value).flatMap(([name, entry]) => {
    const at = `${path}.${name}`
    const field = fields.get(name)
    if (field) return entry === undefined && field.optional ? [] : violationsIn(entry, field, at)
    return index ? violationsIn(entry, index, at) : [`${at}: no such field`]
  })
  const absent = [...fields.values()].filter(
    ({ name, optional }) =>
      !optional && !Object.hasOwn(value, name) && !UNSENT.has(`${value.object}.${name}`),
  )
  return [...unknown, ...absent.map(({ name }) => `${path}.${name}: missing`)]
}

// What the types promise and Stripe was never seen to send.
const UNSENT = new Set(['line_item.subscription'])

/** Part of an object, as `previous_attributes` holds it: nothing is missing, and what was absent is null. */
function inPart(value: unknown, of: Meant, path: string): string[] {
  if (!isNode(value)) return [`${path}: is no object`]
  const { fields, index } = fieldsOf(of)
  return Object.entries(value).flatMap(([name, entry]) => {
    const at = `${path}.${name}`
    const field = fields.get(name)
    if (!field && !index) return [`${at}: no such field`]
    if (entry === null && (!field || field.optional)) return []
    if (!field) return index ? violationsIn(entry, index, at) : []
    if (!isNode(entry)) return violationsIn(entry, field, at)
    const options = field.type.kind === 'union' ? field.type.of : [field.type]
    const shapes = options.map((type) => ({ type, scope: field.scope })).filter(hasFields)
    const tried = shapes.map((shape) => inPart(entry, shape, at))
    return tried.sort((a, b) => a.length - b.length)[0] ?? violationsIn(entry, field, at)
  })
}

function hasFields({ type, scope }: Meant): boolean {
  if (type.kind === 'fields') return true
  return type.kind === 'named' && meaningOf(type, scope)?.type.kind === 'fields'
}

/** All fields of an interface, its parents' among them. */
export function fieldsOf({ type, scope }: Meant): Allowed {
  return once(knownFields, { type, scope }, () => readFieldsOf({ type, scope }))
}

function readFieldsOf({ type, scope }: Meant): Allowed {
  const fields: Allowed['fields'] = new Map()
  let index: Meant | null = null
  const collect = (of: Meant) => {
    const declared = of.type.kind === 'named' ? meaningOf(of.type, of.scope) : of
    if (declared?.type.kind !== 'fields') return
    const parents = 'parents' in declared ? (declared.parents as Type[]) : []
    for (const parent of parents) collect({ type: parent, scope: declared.scope })
    for (const field of declared.type.fields)
      fields.set(field.name, { ...field, scope: declared.scope })
    if (declared.type.index) index = { type: declared.type.index, scope: declared.scope }
  }
  collect({ type, scope })
  return { fields, index }
}

// A place in a file always means the same, except where type parameters stand for something else.
const knownFields = new WeakMap<Type, Allowed>()
const knownMeanings = new WeakMap<Type, Meaning | undefined>()

function once<T>(known: WeakMap<Type, T>, { type, scope }: Meant, read: () => T): T {
  if (scope.params.size > 0) return read()
  // Not `get`: that something has no meaning is known, too.
  if (!known.has(type)) known.set(type, read())
  return known.get(type) as T
}

type Meaning = Meant & { parents: Type[] }

/** What a name stands for, with its parameters filled in. */
export function meaningOf(
  type: Extract<Type, { kind: 'named' }>,
  scope: Scope,
): Meaning | undefined {
  return once(knownMeanings, { type, scope }, () => readMeaningOf(type, scope))
}

function readMeaningOf(type: Extract<Type, { kind: 'named' }>, scope: Scope): Meaning | undefined {
  const found = lookUp(type.name, scope)
  if (!found) return undefined
  const { declaration, file } = found
  const filled = declaration.params.map((name, nth): [string, Meant] => [
    name,
    { type: type.of[nth] ?? { kind: 'named', name: 'unknown', of: [] }, scope },
  ])
  const within = [...declaration.within, type.name.split('.').at(-1) ?? '']
  const alias = declaration.type.kind === 'named' ? declaration.type : null
  const inner = alias && meaningOf(alias, { file, within, params: new Map(filled) })
  if (inner) return inner
  return {
    type: declaration.type,
    parents: declaration.extends,
    scope: { file, within, params: new Map(filled) },
  }
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(path: string, value: unknown, type: Type): string {
  const shown = isNode(value) ? 'an object' : JSON.stringify(value)?.slice(0, 60)
  return `${path}: ${shown} is not ${words(type).slice(0, 200)}`
}

function words(type: Type): string {
  if (type.kind === 'literal') return JSON.stringify(type.value)
  if (type.kind === 'named') return type.name
  return type.kind === 'fields' ? 'an object' : type.of.map(words).join(' | ')
}
