import { describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { buyer, due, tierOf } from '@/lib/customers/by-hand.fixture'
import { readProblems } from '@/lib/customers/read-problems'
import { erasePerson } from '@/lib/retention/erase-person'
import { stripeClient } from '@/lib/stripe/client'
import { someone } from '@/lib/workspaces/someone.fixture'
import {
  adopt,
  everything,
  formerCustomer,
  newAddress,
  OPERATOR,
  signInAgain,
  signInAnew,
  signInByLink,
} from './account.fixture'

shopForFile()

describe('a customer that is known by its address alone', () => {
  it('gives its plan to the owner of the address at the sign-in that proves it, and not before', async () => {
    const email = newAddress()
    const { id, row, trail } = await formerCustomer({ email: email.toUpperCase() })
    const { userId, workspaceId } = await someone({ email })
    await adopt()
    await due()
    expect(await row()).toMatchObject({ workspaceId: null })
    await signInAgain(userId)
    await due()
    expect([await row(), await tierOf(workspaceId)]).toMatchObject([{ workspaceId: null }, 'free'])

    await signInByLink(userId)
    await due()
    expect([await row(), await tierOf(workspaceId)]).toMatchObject([{ workspaceId }, SMALL])
    expect(await trail()).toEqual(
      expect.arrayContaining(['customer.await_owner', 'customer.adopt']),
    )
    const adopted = (await listAudit(id)).find(({ action }) => action === 'customer.adopt')
    expect(adopted).toMatchObject({ actor: { type: 'user', id: userId }, after: { by: 'address' } })
    expect(JSON.stringify(await listAudit(id))).not.toContain(email)
  })

  it('gives it to someone who has no account yet, and never to another address', async () => {
    const email = newAddress()
    await formerCustomer({ email })
    await adopt()
    const other = await signInAnew(newAddress())
    const owner = await signInAnew(email)
    await due()
    expect([await tierOf(other), await tierOf(owner)]).toEqual(['free', SMALL])
  })

  it('waits on, and its owner keeps what they have, where they bought here meanwhile', async () => {
    const email = newAddress()
    const { row, id } = await formerCustomer({ email })
    await adopt()
    const user = await someone({ email })
    const own = await buyer(user)
    await signInByLink(user.userId)
    expect(await row()).toMatchObject({ workspaceId: null })
    expect(await own.row()).toMatchObject({ workspaceId: user.workspaceId })
    expect((await adopt()).line(id)?.what).toContain(`its owner has ${own.id} already`)
  })

  it('whose owner has another one is named to the operator, with what to do, once and until that is done', async () => {
    const email = newAddress()
    const { row, id, trail } = await formerCustomer({ email })
    await adopt()
    const user = await someone({ email })
    const own = await buyer(user)
    const named = async () => (await readProblems()).filter((each) => each.id === id)
    expect(await named()).toEqual([])
    await signInByLink(user.userId)
    await signInAgain(user.userId)
    await due()
    const [problem] = await named()
    expect(problem?.what).toContain(`has ${own.id} already`)
    expect(problem?.what).toContain('and pays')
    expect(problem?.next).toContain('Cancel and refund the one that is too many')
    expect((await trail()).filter((action) => action === 'customer.conflict')).toHaveLength(1)
    // The operator decides: the one that was bought here is deleted at Stripe.
    await stripeClient().customers.del(own.id)
    await own.hear('customer.deleted')
    expect(await named()).toEqual([])
    await signInAgain(user.userId)
    expect(await row()).toMatchObject({ workspaceId: user.workspaceId })
  })

  it('waits no more once the owner of the address is erased', async () => {
    const email = newAddress()
    await formerCustomer({ email })
    await adopt()
    const { userId } = await someone({ email })
    const why = { reason: 'On request.', atStripe: 'keep' } as const
    await erasePerson(OPERATOR, { userId, email }, why)
    expect(await everything()).not.toContain(email)
    const again = await signInAnew(email)
    await due()
    expect(await tierOf(again)).toBe('free')
  })
})
