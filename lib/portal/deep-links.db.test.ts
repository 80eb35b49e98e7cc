import { expect, it } from 'vitest'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { isOwnReturn } from '@/lib/payment-methods/own-return'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { openCardChange } from './change-card'
import { openDetailsChange } from './change-details'

const shop = shopForFile()
const SHOWN = 'in_1 1900 usd'
const sessionAt = (url: string) =>
  [...shop.sandbox.store.all('billing_portal.session')].find((each) => each.url === url)

it('another card is left on its own page at Stripe, and leads to ours with a proof that only its owner can use', async () => {
  const [me, other] = [await subscriber(), await subscriber()]
  const session = sessionAt((await openCardChange(me.actor, SHOWN)).url)
  expect(session?.flow?.type).toBe('payment_method_update')
  const back = new URL(session?.flow?.after_completion.redirect?.return_url ?? '')
  expect(back.pathname).toBe('/settings/billing/card')
  const proof = back.searchParams.get('proof')
  expect(isOwnReturn('portal', proof, me.userId, SHOWN)).toBe(true)
  expect(isOwnReturn('portal', proof, me.userId, 'in_1 9900 usd')).toBe(false)
  expect(isOwnReturn('portal', proof, other.userId, SHOWN)).toBe(false)
  expect(isOwnReturn('portal', proof, me.userId, SHOWN, Date.now() + 2 * 3_600_000)).toBe(false)
  // A user who saves no card comes back to where they were.
  expect(session?.return_url).toMatch(/\/settings\/billing\?return=portal$/)
})

it('what stands on invoices is changed on its own page at Stripe, and leads straight back', async () => {
  const me = await subscriber()
  const session = sessionAt((await openDetailsChange(me.actor)).url)
  expect(session?.flow).toMatchObject({
    type: 'customer_update',
    after_completion: { type: 'redirect' },
  })
})
