import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomer } from '@/db/queries/customers'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { buyer, unknownId } from '@/lib/customers/by-hand.fixture'
import type { RunningSandbox } from '@/sandbox/server'
import { serverScript } from './stack/paths'

// Each starts a process or four, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 120_000 })

let shop: RunningSandbox
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

describe('npm run customers', () => {
  const script = (...args: string[]) => run('scripts/customers.ts', args)

  it('says that there is nothing to look at', async () => {
    expect(await script()).toMatchObject({ code: 0, said: expect.stringContaining('✓') })
  })

  it('names who is not at Stripe, and gives them up by name and with a reason', async () => {
    const { workspaceId } = await shopper()
    const id = unknownId()
    const missing = { id, workspaceId, livemode: false, missingAt: new Date() }
    await db().insert(customers).values(missing)
    expect((await script()).said).toContain(`Stripe says that it never had ${id}.`)
    expect(await script('retire', id)).toMatchObject({ code: 1 })
    expect((await findCustomer(id))?.deletedAt).toBeNull()

    expect(await script('retire', id, '--reason', 'Wiped.')).toMatchObject({ code: 0 })
    expect((await findCustomer(id))?.deletedAt).not.toBeNull()
    const [row] = await listAudit(id)
    expect(row).toMatchObject({
      action: 'customer.retire',
      actor: { type: 'system', job: expect.stringMatching(/^customers\.retire by /) },
      after: { reason: 'Wiped.' },
    })
    expect((await script()).said).toContain('✓')
  })
})

describe('npm run person:erase', () => {
  const script = (...args: string[]) => run('scripts/person-erase.ts', args)

  it('says whom it would erase, and erases nobody, until it is told to', async () => {
    const me = await buyer()
    const [user] = await db().select().from(users).where(eq(users.id, me.userId))
    const address = user?.email ?? ''
    const looked = await script(address)
    expect(looked).toMatchObject({ code: 0, said: expect.stringContaining(me.userId) })
    expect(looked.said).toContain(me.id)
    expect(await script(address, '--yes')).toMatchObject({ code: 1 })
    expect(await db().$count(users, eq(users.id, me.userId))).toBe(1)

    expect(await script(address, '--reason', 'On request.', '--yes')).toMatchObject({ code: 0 })
    expect(await db().$count(users, eq(users.id, me.userId))).toBe(0)
  })

  it('does not know a user who is not there, and takes no other word for Stripe', async () => {
    expect((await script(randomUUID(), '--yes')).said).toContain('There is no user')
    expect((await script('ada@example.test', '--stripe', 'burn')).said).toContain(
      'keep|redact|delete',
    )
  })
})

function run(file: string, options: string[]): Promise<{ code: number; said: string }> {
  const [node, ...args] = serverScript(file, ...options)
  return new Promise((done) => {
    const child = execFile(node, args, { env: process.env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, said: out + err }),
    )
  })
}
