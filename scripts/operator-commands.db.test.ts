import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomer } from '@/db/queries/customers'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { buyer, unknownId } from '@/lib/customers/by-hand.fixture'
import { serverScript } from './stack/paths'

// Each starts a process or four, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 120_000 })

shopForFile()

describe('npm run customers', () => {
  const script = (...args: string[]) => run('scripts/customers.ts', args)

  it('says that there is nothing to look at', async () => {
    expect(await script()).toMatchObject({ code: 0, said: expect.stringContaining('✓') })
  })

  it('names the customers that are not at Stripe, and gives them up by name and with a reason', async () => {
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

  it('says whom it would erase, and erases no user without --yes', async () => {
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

describe('npm run grant, and npm run why', () => {
  const grant = (...args: string[]) => run('scripts/grant.ts', args)
  const because = (...args: string[]) => run('scripts/why.ts', args)
  const REASON = ['--reason', 'Conference speaker']
  const DAY = ['--until', '2099-01-31']
  const feature = PLANS[GREAT].features.at(-1) ?? ''

  it('give a plan to the end of a day, say why it is there, and take it back', async () => {
    const { userId, workspaceId } = await shopper()
    const address = `${userId}@example.test`
    const given = await grant(address, '--plan', GREAT, ...DAY, ...REASON)
    expect(given).toMatchObject({ code: 0, said: expect.stringContaining(`has ${GREAT} until`) })
    expect(given.said).toContain('2099-02-01T00:00:00.000Z')

    const text = await because(address, feature)
    expect(text).toMatchObject({ code: 0, said: expect.stringContaining(`${feature}: yes`) })
    expect(text.said).toMatch(/override\.grant by grant by /)
    const json = JSON.parse((await because(workspaceId, feature, '--json')).said)
    expect(json).toMatchObject({ decision: { allowed: true, rule: 'granted_plan_includes' } })

    const back = await grant(workspaceId, '--plan', '--revoke', '--reason', 'Called off')
    expect(back).toMatchObject({ code: 0, said: expect.stringContaining('has free') })
    const after = await because(address, feature)
    expect(after.said).toContain(`${feature}: no`)
    for (const { said } of [given, text, back, after]) expect(said).not.toContain('@')
  })

  it('refuse what they do not understand, and change nothing', async () => {
    const { workspaceId } = await shopper()
    for (const bad of [
      [],
      ['--plan', 'gold', ...DAY],
      ['--plan', GREAT, '--until', '2099-02-31'],
      ['--plan', GREAT, '--limit', '5', ...DAY],
      ['--feature', 'teleport', ...DAY],
    ])
      expect(await grant(workspaceId, ...bad, ...REASON)).toMatchObject({ code: 1 })
    expect(await grant('unknown@example.test', '--plan', GREAT, ...DAY, ...REASON)).toMatchObject({
      ...{ code: 1, said: expect.not.stringContaining('@') },
    })
    expect(await because(workspaceId, 'teleport')).toMatchObject({ code: 1 })
    expect((await because(workspaceId, feature)).said).toContain('never_bought')
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
