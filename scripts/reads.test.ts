import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isForTests, resolveImport } from './imports/import-graph.fixture'
import { projectFiles } from './project-files'
import { ROOT } from './stack/paths'

// How a function begins.
const HEAD =
  /^(?:export )?(?:default )?(?:(?:async )?function\*? ?(\w+)|const (\w+)(?:: [^=]+)? = )/gm

const known = new Set(projectFiles(/\.tsx?$/).filter((file) => !isForTests(file)))
const sources = new Map([...known].map((file) => [file, parse(file)]))

describe('a read reads', () => {
  it.each(['db/queries/customers.ts insertCustomer', 'db/queries/targets.ts markTarget'])(
    '%s is known as a write',
    (write) => {
      const [file = '', name = ''] = write.split(' ')
      expect(writesBehind(file, name)).toEqual([write])
    },
  )

  it('no verb that reads, lists or finds something writes what is ours', () => {
    const reads = functionsIn(/^(app|lib)\//, /^(read|list|find)[A-Z]/)
    expect(reads.length).toBeGreaterThan(150)
    expect(found(reads)).toEqual([])
  })

  it('no page and no layout writes while it is drawn: what it does for others is in its `after`', () => {
    const drawn = [...known].filter((file) => /^app\/.*\/(page|layout)\.tsx$/.test(file))
    expect(drawn.length).toBeGreaterThan(30)
    const all = drawn.flatMap((file) =>
      [...(sources.get(file)?.functions.keys() ?? [])].map((name) => [file, name] as const),
    )
    expect(found(all)).toEqual([])
  })
})

type Parsed = {
  /** By its name, the text of each function of the file. */
  functions: Map<string, string>
  /** By its name here, which function of which file of ours. */
  imports: Map<string, [file: string, name: string]>
}

// The named way from a read to Stripe: the customer who is asked for is read there, and what came is applied. What
// that may not do is held by lib/billing/visit.db.test.ts.
const ASKS_STRIPE = 'lib/sync/production-ports.ts'

const WRITES =
  /\.(insert|delete)\(\w+\)|\.update\(\w+\)\s*\.set\(|\b(recordAudit|append_audit|apply_sync|claim_due|claim_target|count_usage|fail_target|ingest_event|mark_targets|replay_event)\(/

function found(all: readonly (readonly [file: string, name: string])[]): string[] {
  return all.flatMap(([file, name]) =>
    writesBehind(file, name).map((write) => `${file} ${name} comes to ${write}`),
  )
}

/** The functions of db/queries that write and to which this one leads, by what it names. */
function writesBehind(file: string, name: string, seen = new Set<string>()): string[] {
  const one = `${file} ${name}`
  const source = sources.get(file)
  const body = source?.functions.get(name)
  if (!source || body === undefined || seen.has(one) || file === ASKS_STRIPE) return []
  seen.add(one)
  const own = file.startsWith('db/queries/') && WRITES.test(body) ? [one] : []
  const named = new Set(body.replaceAll(/'[^'\n]*'/g, '').match(/(?<!\.)\b\w+\b(?!:)/g))
  const behind = [...named].flatMap((word) => {
    const [other, there] = source.imports.get(word) ?? [file, word]
    return writesBehind(other, there, seen)
  })
  return [...own, ...behind]
}

function functionsIn(folder: RegExp, name: RegExp): [file: string, name: string][] {
  return [...sources].flatMap(([file, { functions }]) =>
    folder.test(file)
      ? [...functions.keys()]
          .filter((each) => name.test(each))
          .map((each) => [file, each] as [string, string])
      : [],
  )
}

// Sources are formatted: what belongs to a function is indented, or closes a bracket at the edge.
function parse(file: string): Parsed {
  const text = readFileSync(join(ROOT, file), 'utf8')
    // What a page leaves for after its answer, and what its forms do, it does not do while it is drawn.
    .replaceAll(
      /\bafter\(\w+\)|\bdeliver: \w+|\b(?:formA|a)ction=\{[^}]*\}|\/\*\*[\s\S]*?\*\/|\/\/.*/g,
      '',
    )
  // What a form does when it is sent.
  if (text.startsWith("'use server'")) return { functions: new Map(), imports: new Map() }
  const functions = new Map(
    [...text.matchAll(HEAD)].map(({ 1: declared, 2: assigned = '', index }) => {
      const rest = text.slice(index)
      const end = rest.search(/\n(?=[^\s})\]])/)
      return [declared ?? assigned, end < 0 ? rest : rest.slice(0, end)]
    }),
  )
  const imports = new Map(
    [...text.matchAll(/^import \{([^}]*)\} from '([^']+)'/gm)].flatMap(
      ([, names = '', from = '']) => {
        const there = resolveImport(file, from, known)
        if (!there) return []
        return names.split(',').flatMap((each): [string, [string, string]][] => {
          const [, name, alias = name] = /^(?!type )(\w+)(?: as (\w+))?$/.exec(each.trim()) ?? []
          return name && alias ? [[alias, [there, name]]] : []
        })
      },
    ),
  )
  return { functions, imports }
}
