import { beforeEach, expect, it, vi } from 'vitest'
import { findCustomerId } from '@/db/queries/customers'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { ensureCustomer } from './ensure'

// What happens in between: before a click has looked up who pays, and before it has counted.
const between = vi.hoisted(() => ({
  payer: null as (() => Promise<unknown>) | null,
  count: null as (() => Promise<unknown>) | null,
}))

async function once(which: 'payer' | 'count'): Promise<void> {
  const happens = between[which]
  between[which] = null
  await happens?.()
}

vi.mock(import('@/db/queries/people'), async (original) => {
  const people = await original()
  return {
    ...people,
    async findPayer(id) {
      await once('payer')
      return people.findPayer(id)
    },
  }
})
vi.mock(import('@/db/queries/customers'), async (original) => {
  const customers = await original()
  return {
    ...customers,
    async countCustomers(id) {
      await once('count')
      return customers.countCustomers(id)
    },
  }
})

shopForFile()

beforeEach(() => {
  Object.assign(between, { payer: null, count: null })
})

it.each(['payer', 'count'] as const)(
  'a click that another one overtakes before its %s is known makes no second customer at Stripe',
  async (moment) => {
    const { actor, workspaceId } = await shopper()
    between[moment] = () => ensureCustomer(actor, workspaceId)
    const id = await ensureCustomer(actor, workspaceId)
    expect(between[moment]).toBeNull()
    expect(await findCustomerId(workspaceId)).toBe(id)
    const all = await stripeClient().customers.list().autoPagingToArray({ limit: 1000 })
    const theirs = all.filter(({ metadata }) => metadata.workspace_id === workspaceId)
    expect(theirs.map((customer) => customer.id)).toEqual([id])
  },
)
