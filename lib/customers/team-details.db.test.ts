import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findPerson } from '@/db/queries/people'
import { userActor } from '@/lib/audit/actor'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { realClock } from '@/lib/clock'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { erasePerson } from '@/lib/retention/erase-person'
import { stripeClient } from '@/lib/stripe/client'
import { aTeam } from '@/lib/workspaces/someone.fixture'
import { buyer, waitingFor } from './by-hand.fixture'
import { changeDetails } from './change-details'

const JOB = { type: 'system', job: 'person.erase by root' } as const
const WHY = { reason: 'On request.', atStripe: 'keep' } as const

shopForFile()

/** A team that buys, with its two owners. */
async function team() {
  const [first, second] = [await shopper(), await shopper()]
  const workspaceId = await aTeam('Analytical Engines', first.userId, second.userId)
  const actor = userActor(first.userId, workspaceId)
  return { first, second, ...(await buyer({ ...first, workspaceId, actor })) }
}

const address = () => `new-${randomUUID()}@example.test`

describe('the customer of a team at Stripe', () => {
  it('follows a new address of its first owner, as that owner’s own customer does', async () => {
    const { first, id, atStripe } = await team()
    const own = await buyer(first)
    const email = address()
    await changeDetails(first.actor, first.userId, { email, name: 'Ada' })
    await deliverOutbox(realClock)
    expect(await atStripe()).toEqual({ email, name: 'Analytical Engines' })
    expect(await own.atStripe()).toEqual({ email, name: 'Ada' })
    expect(await waitingFor(id)).toEqual([])
  })

  it('is not bothered by another name of its first owner, nor by another owner', async () => {
    const { first, second, id } = await team()
    await changeDetails(first.actor, first.userId, { name: 'Ada' })
    await changeDetails(second.actor, second.userId, { email: address() })
    expect(await waitingFor(id)).toEqual([])
  })

  it('gets the address of the next owner when the first is erased', async () => {
    const { first, second, id, atStripe, trail } = await team()
    const erased = await findPerson(first.userId)
    const email = erased?.email ?? expect.unreachable()
    expect(await atStripe()).toMatchObject({ email })
    await erasePerson(JOB, { userId: first.userId, email }, WHY)
    await deliverOutbox(realClock)
    const next = await findPerson(second.userId)
    expect(await atStripe()).toEqual({ email: next?.email, name: 'Analytical Engines' })
    expect(await trail()).toContain('customer.follow_user')
    expect(await waitingFor(id)).toEqual([])
  })

  it('that was deleted there is not updated', async () => {
    const { first, id, hear } = await team()
    await stripeClient().customers.del(id)
    await hear('customer.deleted')
    await changeDetails(first.actor, first.userId, { email: address() })
    expect(await waitingFor(id)).toEqual([])
  })
})
