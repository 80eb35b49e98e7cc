import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, inTransaction } from '@/db/client'
import { customers } from '@/db/schema/billing'
import type { UserActor } from '@/lib/audit/actor'
import type { AuditAction } from '@/lib/audit-action'
import { type CustomerId, parseCustomerId } from '@/lib/ids'
import { aTeam, someone } from '@/lib/workspaces/someone.fixture'
import { readActivity } from './activity'
import { type Actor, userActor } from './actor'
import { recordAudit } from './record'

let me: Awaited<ReturnType<typeof someone>>
let n = 0

beforeEach(async () => {
  me = await someone()
})
afterAll(disconnect)

async function aCustomer(of: typeof me): Promise<CustomerId> {
  n += 1
  const id = parseCustomerId(`cus_activity${n}`)
  await inTransaction((tx) =>
    tx.insert(customers).values({ id, workspaceId: of.workspaceId, livemode: false }),
  )
  return id
}

function write(scope: string, action: AuditAction, by: Actor = me.actor) {
  return inTransaction((tx) => recordAudit(tx, by, { scope, action }))
}

const read = (actor: UserActor = me.actor, before?: string | null) =>
  readActivity(actor, { before, hidden: ['drift.detect'] })
const actions = async (actor?: UserActor) =>
  (await read(actor)).activity.map(({ action }) => action)

describe('what was done for a workspace', () => {
  it('is read from all chains of it, newest first', async () => {
    const customer = await aCustomer(me)
    await write(`user:${me.userId}`, 'sign_in_method.add')
    await write(`workspace:${me.workspaceId}`, 'api_key.create')
    await write(customer, 'checkout.start')
    await write(`workspace:${me.workspaceId}`, 'api_key.revoke')
    expect(await actions()).toEqual([
      'api_key.revoke',
      'checkout.start',
      'api_key.create',
      'sign_in_method.add',
    ])
  })

  it('is no one else’s', async () => {
    const other = await someone()
    await write(await aCustomer(other), 'checkout.start')
    await write(`user:${other.userId}`, 'sign_in_method.add')
    await write(`workspace:${other.workspaceId}`, 'api_key.create')
    expect(await actions()).toEqual([])
  })

  it('in a team leaves out how one of its people signs in', async () => {
    const team = await aTeam('Engines', me.userId)
    await write(`user:${me.userId}`, 'sign_in_method.add')
    await write(`workspace:${team}`, 'api_key.create')
    expect(await actions(userActor(me.userId, team))).toEqual(['api_key.create'])
  })

  it('leaves out what is work on our own records', async () => {
    const customer = await aCustomer(me)
    await write(customer, 'drift.detect', { type: 'system', job: 'cron.reconcile' })
    expect(await actions()).toEqual([])
  })

  it('says who did it without a name', async () => {
    const customer = await aCustomer(me)
    const by: Actor[] = [
      me.actor,
      { ...me.actor, id: (await someone()).userId },
      (await someone()).actor,
      { type: 'api_key', id: 'k', workspaceId: me.workspaceId },
      { type: 'stripe', eventId: 'evt_1' },
      { type: 'system', job: 'grant by root' },
      { type: 'system', job: 'cron.drain' },
    ]
    for (const actor of by) await write(customer, 'portal.open', actor)
    const { activity } = await read()
    expect(activity.map(({ who }) => who).reverse()).toEqual([
      ...['you', 'member', 'support', 'program', 'stripe', 'support', 'automatic'],
    ])
    expect(JSON.stringify(activity)).not.toContain('root')
  })

  it('is read a page at a time, each row once, while more is written', async () => {
    const [customer, workspace] = [await aCustomer(me), `workspace:${me.workspaceId}`]
    for (let each = 0; each < 30; each += 1) {
      await write(customer, 'portal.open')
      await write(workspace, 'api_key.create')
    }
    const seen: string[] = []
    let before: string | null | undefined
    for (let page = 0; page < 3; page += 1) {
      const { activity, next } = await read(me.actor, before)
      seen.push(...activity.map(({ key }) => key))
      await write(customer, 'checkout.start')
      before = next
    }
    expect(before).toBeNull()
    expect(seen).toHaveLength(60)
    expect(new Set(seen).size).toBe(60)
  })

  it('begins at the top for a place that is not theirs', async () => {
    const other = await someone()
    await write(`workspace:${other.workspaceId}`, 'api_key.create')
    await write(`workspace:${me.workspaceId}`, 'api_key.create')
    for (const before of [`workspace:${other.workspaceId}:1`, 'x', ':1', '', "'; --:1"])
      expect((await read(me.actor, before)).activity).toHaveLength(1)
  })
})
