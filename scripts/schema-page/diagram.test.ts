import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { webhookEvents } from '@/db/schema/events'
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
})
