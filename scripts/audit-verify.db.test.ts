import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { anchorAudit } from '@/lib/audit/anchor'
import { aScope, asOwner, dayOf, writeChain } from '@/lib/audit/chains.fixture'
import { serverScript } from './stack/paths'

const folder = mkdtempSync(join(tmpdir(), 'ledgerline-kept-'))
const scope = aScope()

beforeAll(async () => {
  await writeChain(scope, [-2, -1, 0])
  await anchorAudit()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await disconnect()
})

it('ends with 0 and says how much it looked at', async () => {
  const { code, said } = await verify()
  expect(said).toContain('3 rows in 1 chains')
  expect(said).toContain(`Anchored through ${dayOf(-1)}`)
  expect(code).toBe(0)
})

it('ends with 1 when a root is not the one that was kept outside', async () => {
  const file = join(folder, 'drain.log')
  writeFileSync(file, JSON.stringify({ anchor: { day: dayOf(-1), root: 'c'.repeat(64) } }))
  const { code, said } = await verify('--kept', file)
  expect(said).toContain(`✗ anchor of ${dayOf(-1)}: not the root that was kept outside.`)
  expect(code).toBe(1)
})

it('ends with 2 when it cannot be decided', async () => {
  const { code, said } = await verify('--kept', join(folder, 'nothing'))
  expect(said).toContain('no such file')
  expect(code).toBe(2)
})

it('ends with 1 and names the row when it was rewritten', async () => {
  await asOwner((tx) =>
    tx.execute(sql`update audit_log set actor = '{}' where scope = ${scope} and n = 2`),
  )
  const { code, said } = await verify('--scope', scope)
  expect(said).toContain(`✗ ${scope} row 2: altered.`)
  expect(code).toBe(1)
})

function verify(...options: string[]): Promise<{ code: number; said: string }> {
  const [node, ...args] = serverScript('scripts/audit-verify.ts', ...options)
  return new Promise((done) => {
    const child = execFile(node, args, { env: process.env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, said: out + err }),
    )
  })
}
