import { describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { BRAND } from '@/lib/brand'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { buyer, due, namedFor, tierOf } from '@/lib/customers/by-hand.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { newWorkspaceId } from '@/lib/workspaces/someone.fixture'
import {
  adopt,
  everything,
  formerCustomer,
  newAddress,
  OPERATOR,
  signInAnew,
} from './account.fixture'
import { adoptPorts } from './production-ports'

shopForFile()

/** Whether what Stripe has of an account is as it was. */
const atStripe = async () => JSON.stringify((await stripeClient().customers.list()).data)

describe('a look at an account', () => {
  it('writes nothing, here or at Stripe, and says of each customer what would be done and why', async () => {
    const { workspaceId } = await shopper()
    const named = await formerCustomer({ metadata: { workspace_id: workspaceId } })
    const known = await formerCustomer({ email: newAddress() })
    const bare = await formerCustomer({ price: null })
    const before = [await everything(), await atStripe()]
    const { line } = await adopt({ act: false })
    expect([await everything(), await atStripe()]).toEqual(before)
    expect(line(named.id)).toMatchObject({
      kind: 'workspace',
      what: `${SMALL}: goes to the workspace ${workspaceId}, because its metadata name it`,
    })
    expect(line(known.id)?.what).toContain('until someone proves its address by signing in')
    expect(line(bare.id)?.what).toContain('no plan: is left: it has no address and names no one')
  })

  it('has no address in what it says', async () => {
    const email = newAddress()
    const { id } = await formerCustomer({ email })
    const { line } = await adopt({ act: false })
    expect(JSON.stringify(line(id))).not.toContain(email)
  })
})

describe('a customer whose metadata name a workspace', () => {
  it.each(['workspace_id', 'user_id', 'account'])(
    'by %s becomes its own, and what it pays for is there with the next read',
    async (key) => {
      const { workspaceId } = await shopper()
      const { id, row, target } = await formerCustomer({ metadata: { [key]: workspaceId } })
      await adopt({ metadataKey: 'account' })
      expect(await row()).toMatchObject({ workspaceId })
      expect(
        (await listAudit(id)).map(({ action, actor, after }) => [action, actor, after]),
      ).toEqual([['customer.adopt', OPERATOR, { customer: id, workspaceId, by: 'metadata' }]])
      // Its subscriptions are not written by hand: it is marked, and read as after an event.
      expect(await tierOf(workspaceId)).toBe('free')
      expect((await target())?.dirtySeq).toBeGreaterThan((await target())?.syncedSeq ?? 0)
      await due()
      expect(await tierOf(workspaceId)).toBe(SMALL)
    },
  )

  it('keeps it when events and scans look at it later', async () => {
    const { workspaceId } = await shopper()
    const made = await formerCustomer({ metadata: { workspace_id: workspaceId } })
    await adopt()
    await made.hear()
    expect(await made.row()).toMatchObject({ workspaceId, conflict: null })
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })

  it('is left where that does not exist, or where two are named', async () => {
    const [one, other] = [await shopper(), await shopper()]
    const lost = await formerCustomer({ metadata: { workspace_id: newWorkspaceId() } })
    const torn = await formerCustomer({
      metadata: { workspace_id: one.workspaceId, account: other.workspaceId },
    })
    const { line } = await adopt({ metadataKey: 'account' })
    expect(line(lost.id)?.what).toContain('a workspace that does not exist')
    expect(line(torn.id)?.what).toContain('name two workspaces')
    expect([await lost.row(), await torn.row()]).toEqual([null, null])
  })

  it('is left where another has it', async () => {
    const [mine, theirs] = [await buyer(), await shopper()]
    await stripeClient().customers.update(mine.id, {
      metadata: { workspace_id: theirs.workspaceId },
    })
    const { line } = await adopt()
    expect(line(mine.id)?.what).toContain(`belongs to the workspace ${mine.workspaceId} already`)
    expect(await mine.row()).toMatchObject({ workspaceId: mine.workspaceId })
  })
})

describe('two customers of one owner', () => {
  it('that both pay are both left, and it is said how to end that', async () => {
    const email = newAddress()
    const [one, other] = [await formerCustomer({ email }), await formerCustomer({ email })]
    const { line } = await adopt()
    expect(line(one.id)?.what).toMatch(
      `pays, and so do ${other.id} of the same owner. Cancel those`,
    )
    expect(line(other.id)?.kind).toBe('ambiguous')
    const owner = await signInAnew(email)
    await due()
    expect(await tierOf(owner)).toBe('free')
  })

  it('of which one pays: that one is taken, the other reported', async () => {
    const email = newAddress()
    const idle = await formerCustomer({ email, price: null })
    const paying = await formerCustomer({ email })
    const { line } = await adopt()
    expect(line(paying.id)?.kind).toBe('address')
    expect(line(idle.id)?.what).toContain(`its owner has ${paying.id} already, which stays. Cancel`)
    expect((await adopt()).line(idle.id)?.what).toContain(paying.id)
  })

  it('of which one is here already: the second is reported, and changes nothing', async () => {
    const own = await buyer()
    const second = await formerCustomer({ metadata: { workspace_id: own.workspaceId } })
    const { line } = await adopt()
    expect(line(second.id)?.what).toContain(`its owner has ${own.id} already`)
    expect(await second.row()).toBeNull()
  })
})

describe('what is not ours to take', () => {
  it.each([{ app: 'another-shop' }, { app: BRAND.stripe.app, env: 'production' }])(
    'is left with metadata %j',
    async (mark) => {
      const { workspaceId } = await shopper()
      const made = await formerCustomer({ metadata: { ...namedFor(workspaceId), ...mark } })
      const { line } = await adopt()
      expect(line(made.id)?.what).toContain('of another application or environment')
      expect(await made.row()).toBeNull()
    },
  )

  it('was deleted at Stripe: it is not there', async () => {
    const { workspaceId } = await shopper()
    const made = await formerCustomer({ metadata: { workspace_id: workspaceId } })
    await stripeClient().customers.del(made.id)
    const { line } = await adopt()
    expect([line(made.id), await made.row()]).toEqual([undefined, null])
  })
})

describe('a price that the catalog does not know', () => {
  it('is reported before anything is done, is not read as free, and can be made known', async () => {
    const stripe = stripeClient()
    const { id: product } = await stripe.products.create({ name: 'Gold of the former shop' })
    const recurring = { interval: 'month' } as const
    const gold = { product, recurring, currency: 'usd', unit_amount: 900 }
    const { id: price } = await stripe.prices.create(gold)
    const { workspaceId } = await shopper()
    const made = await formerCustomer({ metadata: { workspace_id: workspaceId }, price })
    const { line } = await adopt()
    expect(line(made.id)).toMatchObject({
      kind: 'unknown_price',
      what: expect.stringContaining(
        `${price} has no tier: add a lookup key of the catalog or metadata`,
      ),
    })
    expect(await made.row()).toBeNull()

    await stripe.products.update(product, { metadata: { tier: SMALL } })
    await adopt()
    await due()
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })
})

describe('taking over an account', () => {
  it('twice changes nothing the second time', async () => {
    await formerCustomer({ email: newAddress() })
    await formerCustomer({ metadata: { user_id: (await shopper()).userId } })
    await adopt()
    const before = await everything()
    const { acted } = await adopt()
    expect([await everything(), acted.size]).toEqual([before, 0])
  })

  it('that dies in the middle goes on with the next run, and says each once', async () => {
    await adopt()
    const made: Awaited<ReturnType<typeof formerCustomer>>[] = []
    for (let n = 0; n < 4; n += 1)
      made.push(await formerCustomer({ email: newAddress(), price: null }))
    const ports = adoptPorts(OPERATOR)
    let left = 2
    const claimCustomer: typeof ports.write.claimCustomer = (...given) => {
      left -= 1
      if (left < 0) throw new Error('Killed.')
      return ports.write.claimCustomer(...given)
    }
    const dying = { ...ports, write: { ...ports.write, claimCustomer } }
    await expect(adopt({}, dying)).rejects.toThrow('Killed.')
    const trails = () => Promise.all(made.map(({ trail }) => trail()))
    expect((await trails()).flat()).toHaveLength(2)
    expect((await adopt()).acted.size).toBe(2)
    expect(await trails()).toEqual(made.map(() => ['customer.await_owner']))
  })

  it('by two at once gives each customer one owner, and says it once', async () => {
    const { workspaceId } = await shopper()
    const made = await formerCustomer({ metadata: { workspace_id: workspaceId } })
    const waits = await formerCustomer({ email: newAddress(), price: null })
    await Promise.all([adopt(), adopt()])
    expect(await made.row()).toMatchObject({ workspaceId })
    expect(await made.trail()).toEqual(['customer.adopt'])
    expect(await waits.trail()).toEqual(['customer.await_owner'])
  })
})
