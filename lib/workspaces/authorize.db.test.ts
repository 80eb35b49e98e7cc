import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { type MemberRole, memberships } from '@/db/schema/workspaces'
import { type UserActor, userActor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { entitlements } from '@/lib/entitlements/read'
import { actionFiles, verbsOf } from './action-verbs.fixture'
import { authorizeBilling } from './authorize'
import { aTeam } from './someone.fixture'

// What a button does that is no change of what is paid for, and may be done by any member.
const NO_BILLING: Readonly<Record<string, string>> = {
  findCreditPack: 'reads the catalog',
  parsePurchase: 'reads a form',
  requireFeature: 'asks whether the plan has a feature',
  sessionToken: 'reads a cookie',
  requireRecentSignIn: 'asks for a sign-in',
  chooseEmails: 'a person’s own emails',
  requestErasure: 'a person’s own account',
  isLeaving: 'a person’s own account',
  exportPerson: 'a person’s own data',
  removeSignInMethod: 'a person’s own sign-in',
  turnLinksOn: 'a person’s own sign-in',
  createReport: 'uses what was bought',
}

shopForFile()
let team: Awaited<ReturnType<typeof aTeam>>
const actors = new Map<MemberRole | 'outsider', UserActor>()
beforeAll(async () => {
  const owner = await shopper()
  team = await aTeam('Lovelace & Co', owner.userId)
  actors.set('owner', userActor(owner.userId, team))
  for (const role of ['admin', 'member'] as const) {
    const { userId } = await shopper()
    await db().insert(memberships).values({ workspaceId: team, userId, role })
    actors.set(role, userActor(userId, team))
  }
  actors.set('outsider', userActor((await shopper()).userId, team))
})

const as = (who: MemberRole | 'outsider') => actors.get(who) ?? expect.unreachable()
const VERBS = actionFiles().flatMap((file) => verbsOf(readFileSync(file, 'utf8')))
const BILLING = VERBS.filter(({ verb }) => !(verb in NO_BILLING))
const REFUSED = { code: 'forbidden', reason: 'role_without_billing' }

it('every button of the app that changes billing is in this test, and nothing is excused that is not there', () => {
  expect(BILLING.length).toBeGreaterThan(18)
  const names = new Set(VERBS.map(({ verb }) => verb))
  expect(Object.keys(NO_BILLING).filter((verb) => !names.has(verb))).toEqual([])
})

describe.each(BILLING)('$verb', ({ from, verb }) => {
  const call = async (who: 'member' | 'outsider') => {
    const verbs: Record<string, unknown> = await import(/* @vite-ignore */ from)
    const run = verbs[verb]
    if (typeof run !== 'function') throw new Error(`${from} has no ${verb}.`)
    return run(as(who), {})
  }
  it('is refused to a member, and to one who is none', async () => {
    await expect(call('member')).rejects.toMatchObject(REFUSED)
    await expect(call('outsider')).rejects.toMatchObject(REFUSED)
  })
})

it('an owner and an admin may change what their team pays for', async () => {
  const choice = { tier: SMALL, interval: 'month' } as const
  const first = await startCheckout(as('owner'), choice)
  expect(first.kind).toBe('checkout')
  expect(await startCheckout(as('admin'), choice)).toEqual(first)
})

it('each member reads what the team’s plan lets them do', async () => {
  const actor = as('member')
  expect(await readBilling(team, { actor, refresh: 'stale' })).toMatchObject({ tier: 'free' })
  expect(await entitlements(team)).toMatchObject({ tier: 'free' })
})

it('a person may change what they pay for alone, and a job or an operator is no person', async () => {
  const { actor, workspaceId, userId } = await shopper()
  expect(await authorizeBilling(actor)).toBe(workspaceId)
  await expect(authorizeBilling({ type: 'system', job: 'test' })).rejects.toMatchObject({
    reason: 'signed_out',
  })
  await expect(authorizeBilling({ type: 'operator', id: userId })).rejects.toMatchObject({
    reason: 'signed_out',
  })
})
