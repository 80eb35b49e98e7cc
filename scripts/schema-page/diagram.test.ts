import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { webhookEvents } from '@/db/schema/events'
import { functionFiles } from '@/scripts/migrations/functions'
import { projectFiles } from '@/scripts/project-files'
import { ROOT } from '@/scripts/stack/paths'
import { MARKS, schemaDiagram } from './diagram'

const page = readFileSync(join(ROOT, 'db/schema/README.md'), 'utf8')

describe('db/schema/README.md', () => {
  it('draws the tables as they are: npm run db:diagram brings it up to date', () => {
    const [, drawn = ''] = page.split(MARKS.begin)
    expect(drawn.split(MARKS.end)[0]?.trim()).toBe(schemaDiagram())
  })

  it('leaves out no table but the example’s', () => {
    const folder = join(ROOT, 'db/schema')
    const files = readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && name !== 'reports.ts',
    )
    const tables = files.flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/pgTable\(\s*'(\w+)'/g),
    ])
    const named = tables.map(([, table = '']) => table)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((table) => !page.includes(`  ${table} {`))).toEqual([])
  })

  it('moves an event between exactly the states that the table allows', () => {
    const [inbox = ''] = page.split('## sync_targets')
    const drawn = [...inbox.matchAll(/^ {4}(\w+|\[\*\]) --> (\w+|\[\*\])/gm)].flatMap(
      ([, from = '', to = '']) => [from, to],
    )
    const { checks } = getTableConfig(webhookEvents)
    const sql = checks.map(({ value }) => new PgDialect().sqlToQuery(value).sql).join()
    const states = [...sql.matchAll(/'(\w+)'/g)]
    const known = states.map(([, state = '']) => state).sort()
    expect(known).toHaveLength(4)
    expect([...new Set(drawn)].filter((state) => state !== '[*]').sort()).toEqual(known)
  })

  it.each(['webhook_events', 'sync_targets'])('names who moves a row of %s', (table) => {
    const [, section = ''] = page.split(`## ${table}`)
    const [about = ''] = section.split('\n## ')
    const movers = [...functionsThatWrite(table), ...queriesThatWrite(table)]
    expect(movers.length).toBeGreaterThan(2)
    expect(movers.filter((name) => !about.includes(`\`${name}\``))).toEqual([])
  })
})

// They write a row of either, and change no state: a payload, a row that is rolled back, an error that named a person.
const MOVE_NOTHING = ['prune_payloads', 'erase_payloads', 'prove_writes', 'markCustomers']

function functionsThatWrite(table: string): string[] {
  const writes = new RegExp(`(UPDATE|INSERT INTO) ${table}\\b`)
  return functionFiles()
    .flatMap(({ text }) => text.split(/^CREATE OR REPLACE FUNCTION /m).slice(1))
    .filter((text) => writes.test(text))
    .flatMap((text) => /^\w+/.exec(text) ?? [])
    .filter((name) => !MOVE_NOTHING.includes(name))
}

function queriesThatWrite(table: string): string[] {
  const name = table.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase())
  const writes = new RegExp(`\\.(insert|update)\\(${name}\\)`)
  return projectFiles(/\.ts$/, 'db/queries')
    .filter((file) => !/\.test\.ts$/.test(file))
    .flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split(/^export async function /m)
        .slice(1),
    )
    .filter((text) => writes.test(text))
    .flatMap((text) => /^\w+/.exec(text) ?? [])
    .filter((query) => !MOVE_NOTHING.includes(query))
}
