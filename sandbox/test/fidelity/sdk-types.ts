import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { type Declaration, type Declarations, declarationsIn } from './declarations'
import type { Type } from './type-syntax'

/** Where a name is read: the file, the namespaces around it, and what its type parameters stand for. */
export interface Scope {
  file: string
  within: readonly string[]
  params: ReadonlyMap<string, Meant>
}

/** A type, and where its names are to be looked up. */
export interface Meant {
  type: Type
  scope: Scope
}

// The package names no other file than its entries, which are a folder below.
const ROOT = resolve(dirname(createRequire(import.meta.url).resolve('stripe')), '../esm')
const files = new Map<string, Declarations>()

/** The declaration of an interface or a type, or undefined for what the language itself knows. */
export function lookUp(
  name: string,
  scope: Scope,
): { declaration: Declaration; file: string } | undefined {
  const { named, imports } = declarationsOf(scope.file)
  for (let depth = scope.within.length; depth >= 0; depth -= 1) {
    const declaration = named.get([...scope.within.slice(0, depth), name].join('.'))
    if (declaration) return { declaration, file: scope.file }
  }
  const [first = '', ...rest] = name.split('.')
  const from = imports.get(first)
  if (!from) return undefined
  const there = from.name === '*' ? rest.join('.') : [from.name, ...rest].join('.')
  const file = resolve(dirname(scope.file), from.file.replace(/\.js$/, '.d.ts'))
  return lookUp(there, { file, within: [], params: new Map() })
}

/** The type that the SDK's `lib.d.ts` calls by this name, such as `ApiList`. */
export function libraryType(name: string, of: Meant): Meant {
  const scope = { file: join(ROOT, 'lib.d.ts'), within: [], params: new Map([['Of', of]]) }
  return {
    type: { kind: 'named', name, of: [{ kind: 'named', name: 'Of', of: [] }] },
    scope,
  }
}

/** The types of what calls itself so in `object`. A thing and its deleted form share a name. */
export function typesOfObject(object: string): Meant[] {
  return byMark('object').get(object) ?? []
}

/** The type of an event, by the name in its `type`. */
export function typeOfEvent(type: string): Meant | undefined {
  return byMark('type')
    .get(type)
    ?.find(({ scope }) => scope.file.endsWith(join('resources', 'Events.d.ts')))
}

const marked = new Map<string, Map<string, Meant[]>>()

/** Interfaces by the one word that their field of this name may hold. */
function byMark(field: string): Map<string, Meant[]> {
  const known = marked.get(field)
  if (known) return known
  const found = new Map<string, Meant[]>()
  marked.set(field, found)
  for (const file of resourceFiles()) {
    for (const [name, { type }] of declarationsOf(file).named) {
      if (name.includes('.') || type.kind !== 'fields') continue
      const mark = type.fields.find((one) => one.name === field)?.type
      if (mark?.kind !== 'literal') continue
      const meant = {
        type: { kind: 'named' as const, name, of: [] },
        scope: { file, within: [], params: new Map() },
      }
      found.set(String(mark.value), [...(found.get(String(mark.value)) ?? []), meant])
    }
  }
  return found
}

/** The files that declare the SDK's resources. */
export function resourceFiles(): string[] {
  const names = readdirSync(join(ROOT, 'resources'), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.d.ts')).map((name) => join(ROOT, 'resources', name))
}

function declarationsOf(file: string): Declarations {
  const known = files.get(file)
  if (known) return known
  const read = declarationsIn(readFileSync(file, 'utf8'))
  files.set(file, read)
  return read
}
