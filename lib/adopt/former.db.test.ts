import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { readFormer } from '@/db/former/read'
import { findUserByEmail } from '@/db/queries/users'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { due, tierOf } from '@/lib/customers/by-hand.fixture'
import { env } from '@/lib/env'
import { someone } from '@/lib/workspaces/someone.fixture'
import { adopt, everything, formerCustomer, newAddress, signInAnew } from './account.fixture'
import { type FormerApplication, readFormerApplication } from './read-former'

shopForFile()

beforeEach(async () => {
  await db().execute('drop schema if exists former cascade')
  await db().execute('create schema former')
})

/** The address of the other application's database: a schema of ours, as it would see it. */
function formerUrl(): string {
  const url = new URL(env().databaseUrl)
  url.searchParams.set('search_path', 'former')
  return url.href
}
const read = (from: FormerApplication) => readFormerApplication(from, formerUrl())
const run = (text: string) => db().execute(text)

it('the database of the application before cannot be written to', async () => {
  await run('create table former.users (id serial primary key)')
  const write = readFormer(formerUrl(), (ask) => ask`insert into users default values returning id`)
  await expect(write).rejects.toThrow('read-only transaction')
})

describe('the tables of nextjs/saas-starter', () => {
  beforeEach(async () => {
    await run(`create table former.users (id serial primary key, name varchar(100), email varchar(255) not null
      unique, password_hash text not null, role varchar(20) not null default 'member', deleted_at timestamp)`)
    await run(`create table former.teams (id serial primary key, name varchar(100) not null,
      stripe_customer_id text unique, plan_name varchar(50))`)
    await run(`create table former.team_members (id serial primary key, user_id integer not null, team_id integer
      not null, role varchar(50) not null)`)
  })
  const user = (id: number, email: string, deleted = false) =>
    run(`insert into former.users values (${id}, 'Ada', '${email}', 'hash', 'owner',
      ${deleted ? 'now()' : 'null'})`)
  const team = (id: number, customer: string, ...members: [number, string][]) =>
    run(`insert into former.teams values (${id}, 'Team', '${customer}', 'Plus');
      ${members.map(([who, role]) => `insert into former.team_members (user_id, team_id, role) values (${who}, ${id}, '${role}');`).join('')}`)

  it('give a team’s customer to its owner, once they have signed in with a link', async () => {
    const email = newAddress()
    const { id } = await formerCustomer()
    await user(1, email)
    await user(2, newAddress())
    await team(1, id, [1, 'owner'], [2, 'member'])
    const { line } = await adopt({ former: await read('saas-starter') })
    expect(line(id)?.what).toContain('the former application’s records name its owner')
    // No user is made of what was never verified.
    expect(await findUserByEmail(email)).toBeNull()
    const owner = await signInAnew(email)
    await due()
    expect(await tierOf(owner)).toBe(SMALL)
  })

  it('are not believed to have verified an address', async () => {
    const { id } = await formerCustomer()
    await user(1, newAddress())
    await team(1, id, [1, 'owner'])
    const { line } = await adopt({ former: await read('saas-starter'), trustVerified: true })
    expect(line(id)?.kind).toBe('address')
    expect(line(id)?.what).toContain('waits until someone proves')
  })

  it('with two owners of a team leave its customer, and say so', async () => {
    const { id, row } = await formerCustomer({ email: newAddress() })
    await user(1, newAddress())
    await user(2, newAddress())
    await team(1, id, [1, 'owner'], [2, 'owner'])
    const { line } = await adopt({ former: await read('saas-starter') })
    expect(line(id)?.what).toContain('name several owners. Put workspace_id')
    expect(await row()).toBeNull()
  })

  it('with rows that make no sense are read but for these, which are reported without an address', async () => {
    const email = newAddress()
    const { id } = await formerCustomer()
    await user(1, email)
    await user(2, 'no address')
    await user(3, newAddress(), true)
    await team(1, id, [1, 'owner'])
    await team(2, 'cus_unknown', [2, 'owner'])
    await team(3, 'none', [1, 'owner'])
    const former = await read('saas-starter')
    expect(former.owners.get(id)).toEqual([{ email, name: 'Ada', verified: false }])
    expect(former.bad).toEqual([
      { table: 'users', id: '2', why: 'has an address that cannot be written to' },
      { table: 'teams', id: '2', why: 'has a customer and no owner' },
      { table: 'teams', id: '3', why: 'names a customer that is none of Stripe’s' },
    ])
  })
})

describe('the tables of better-auth', () => {
  beforeEach(async () => {
    await run(`create table former."user" (id text primary key, name text not null, email text not null unique,
      "emailVerified" boolean not null, "stripeCustomerId" text)`)
    await run(`create table former.subscription (id text primary key, plan text not null, "referenceId" text not
      null, "stripeCustomerId" text, "stripeSubscriptionId" text, status text)`)
  })
  const user = (id: string, email: string, { verified = true, customer = '' } = {}) =>
    run(
      `insert into former."user" values ('${id}', 'Ada', '${email}', ${verified}, nullif('${customer}', ''))`,
    )
  const subscription = (id: string, of: string, customer: string) =>
    run(
      `insert into former.subscription values ('${id}', 'plus', '${of}', '${customer}', null, 'active')`,
    )

  it('give a customer to its user at once where they say that the address is verified and that is trusted', async () => {
    const email = newAddress()
    const made = await formerCustomer()
    await user('u1', email, { customer: made.id })
    await adopt({ former: await read('better-auth'), trustVerified: true })
    await due()
    const mine = await findUserByEmail(email)
    expect(mine).toMatchObject({ name: 'Ada', emailVerified: expect.any(Date) })
    expect(await made.row()).toMatchObject({ workspaceId: mine?.id })
    expect(await made.trail()).toContain('customer.adopt')
    const before = await everything()
    await adopt({ former: await read('better-auth'), trustVerified: true })
    expect(await everything()).toBe(before)
  })

  it.each([
    ['they do not say so', { verified: false }, true],
    ['that is not trusted', { verified: true }, false],
  ])('have it wait for a sign-in where %s', async (_, { verified }, trustVerified) => {
    const email = newAddress()
    const { id, row } = await formerCustomer()
    await user('u1', email, { verified, customer: id })
    await adopt({ former: await read('better-auth'), trustVerified })
    expect([await findUserByEmail(email), await row()]).toMatchObject([null, { workspaceId: null }])
    const owner = await signInAnew(email)
    await due()
    expect(await tierOf(owner)).toBe(SMALL)
  })

  it('prove no address of someone who has an account here and has not proven it', async () => {
    const email = newAddress()
    const { workspaceId } = await someone({ email })
    const { id } = await formerCustomer()
    await user('u1', email, { customer: id })
    await adopt({ former: await read('better-auth'), trustVerified: true })
    await due()
    expect(await tierOf(workspaceId)).toBe('free')
  })

  it('name a customer by a subscription, too, and by an id of theirs in its metadata', async () => {
    const [one, other] = [newAddress(), newAddress()]
    const subscribed = await formerCustomer()
    const named = await formerCustomer({ metadata: { userId: 'u2' } })
    await user('u1', one)
    await user('u2', other)
    await subscription('s1', 'u1', subscribed.id)
    await adopt({ former: await read('better-auth'), metadataKey: 'userId' })
    const owners = [await signInAnew(one), await signInAnew(other)]
    await due()
    expect([await subscribed.row(), await named.row()]).toMatchObject(
      owners.map((workspaceId) => ({ workspaceId })),
    )
  })

  it('give an organization’s customer to its owner, in either spelling of columns', async () => {
    const email = newAddress()
    const { id } = await formerCustomer()
    await user('u1', email)
    await run('create table former.organization (id text primary key, stripe_customer_id text)')
    await run(
      'create table former.member (id text primary key, organization_id text, user_id text, role text)',
    )
    await run(`insert into former.organization values ('o1', '${id}')`)
    await run(`insert into former.member values ('m1', 'o1', 'u1', 'admin,owner')`)
    const { owners } = await read('better-auth')
    expect(owners.get(id)).toEqual([{ email, name: 'Ada', verified: true }])
  })

  it('that name two owners of one customer leave it to an operator', async () => {
    const { id } = await formerCustomer()
    await user('u1', newAddress(), { customer: id })
    await user('u2', newAddress(), { customer: id })
    const { line } = await adopt({ former: await read('better-auth'), trustVerified: true })
    expect(line(id)?.what).toContain('name several owners')
  })
})
