import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { handledEvents } from '@/lib/events/handlers'
import { ROOT } from '@/scripts/stack/paths'
import { AUDIT_ACTIONS } from './audit-action'

const FUNCTIONS = join(ROOT, 'db', 'functions')

it('whatever the SQL functions write into the trail is an action that the code knows', () => {
  const sql = readdirSync(FUNCTIONS).map((name) => readFileSync(join(FUNCTIONS, name), 'utf8'))
  const literals = sql.flatMap((text) => [...text.matchAll(/'([a-z]\w*\.[a-z]\w*)'/g)])
  const written = new Set(literals.map(([, literal = '']) => literal))
  expect(written.size).toBeGreaterThan(4)
  // Some name the events of Stripe whose bodies they keep.
  const known: readonly string[] = [...AUDIT_ACTIONS, ...handledEvents]
  expect([...written].filter((one) => !one.startsWith('drizzle.') && !known.includes(one))).toEqual(
    [],
  )
})

it('no action is known twice', () => {
  expect(new Set(AUDIT_ACTIONS).size).toBe(AUDIT_ACTIONS.length)
})
