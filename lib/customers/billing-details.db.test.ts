import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findPerson } from '@/db/queries/people'
import type { BillingDetails } from '@/lib/billing-address'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { readBillingDetails } from './billing-details'
import { buyer } from './by-hand.fixture'
import { changeBillingDetails } from './change-billing-details'
import { addTaxId, removeTaxId } from './tax-ids'

shopForFile()
let me: Awaited<ReturnType<typeof buyer>>

beforeEach(async () => {
  me = await buyer()
})

const LONDON: BillingDetails = {
  name: 'Analytical Engines',
  email: 'accounts@engines.example.test',
  address: {
    ...{ line1: '12 St James Sq', line2: '', city: 'London', state: '' },
    ...{ postalCode: 'SW1Y 4JH', country: 'GB' },
  },
}
const VAT = { type: 'eu_vat', value: 'DE123456789' }
const cause = () => randomUUID()

async function shown(actor = me.actor) {
  const read = await readBillingDetails(actor)
  if (read.kind !== 'details') throw new Error(`There are no details: ${read.kind}.`)
  return read
}
const trail = async () =>
  (await listAudit(me.id)).filter(({ action }) => action.startsWith('customer.request_'))
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: { reason?: string }) => error.reason,
  )

describe('what stands on invoices', () => {
  it('is changed at Stripe and shown from there, once, and who asked is on record without a word of it', async () => {
    expect(await changeBillingDetails(me.actor, LONDON)).toBe(true)
    expect(await changeBillingDetails(me.actor, LONDON)).toBe(false)
    expect((await shown()).details).toEqual(LONDON)
    const rows = await trail()
    expect(rows).toMatchObject([
      {
        ...{ action: 'customer.request_details', actor: me.actor },
        after: { fields: ['name', 'email', 'address'] },
      },
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Engines|engines|London|SW1Y/)
  })

  it('is another thing than the address with which its owner signs in', async () => {
    const before = await findPerson(me.userId)
    await changeBillingDetails(me.actor, LONDON)
    expect(await findPerson(me.userId)).toEqual(before)
  })

  it('can lose its address again', async () => {
    await changeBillingDetails(me.actor, LONDON)
    const empty = { line1: '', line2: '', city: '', state: '', postalCode: '', country: '' }
    expect(await changeBillingDetails(me.actor, { ...LONDON, address: empty })).toBe(true)
    expect((await shown()).details.address).toEqual(empty)
    const atStripe = await stripeClient().customers.retrieve(me.id)
    expect(atStripe).toMatchObject({ address: null })
  })

  it.each([
    ['email_invalid', 'email', 'billing_email_refused'],
    ['customer_tax_location_invalid', undefined, 'billing_address_refused'],
    [undefined, 'address[country]', 'billing_address_refused'],
    [undefined, 'name', 'billing_name_refused'],
  ])('that Stripe refuses for %s, %s is said at its field', async (code, param, reason) => {
    const given = { ...(code ? { code } : {}), ...(param ? { param } : {}) }
    const { StripeInvalidRequestError } = (await import('stripe')).default.errors
    const update = vi
      .spyOn(stripeClient().customers, 'update')
      .mockRejectedValue(
        new StripeInvalidRequestError({ type: 'invalid_request_error', message: 'no', ...given }),
      )
    expect(await refusal(changeBillingDetails(me.actor, LONDON))).toBe(reason)
    update.mockRestore()
  })

  it('is away while Stripe is, and not thrown at anybody who only looks', async () => {
    const down = vi.spyOn(stripeClient().customers, 'retrieve').mockRejectedValue(new Error('away'))
    expect(await readBillingDetails(me.actor)).toEqual({ kind: 'away' })
    down.mockRestore()
  })

  it('is there for who has bought, and for no one else', async () => {
    await changeBillingDetails(me.actor, LONDON)
    const other = await buyer()
    expect((await shown(other.actor)).details.address.city).toBe('')
    const { actor } = await shopper()
    expect(await readBillingDetails(actor)).toEqual({ kind: 'none' })
    expect(await refusal(changeBillingDetails(actor, LONDON))).toBe('no_billing')
  })
})

describe('a tax id', () => {
  it('pressed twice is added once, and the trail has its type and not its number', async () => {
    const asked = { ...VAT, cause: cause() }
    await Promise.all([addTaxId(me.actor, asked), addTaxId(me.actor, asked)])
    await addTaxId(me.actor, { ...VAT, value: 'de 123 456 789', cause: cause() })
    expect((await shown()).taxIds).toEqual([{ ...VAT, id: expect.stringMatching(/^txi_/) }])
    expect((await trail())[0]).toMatchObject({ after: { type: 'eu_vat' } })
    expect(JSON.stringify(await trail())).not.toContain('123456789')
  })

  it('is removed, and can be added again', async () => {
    await addTaxId(me.actor, { ...VAT, cause: cause() })
    const [mine] = (await shown()).taxIds
    await removeTaxId(me.actor, mine?.id ?? '')
    await removeTaxId(me.actor, mine?.id ?? '')
    expect((await shown()).taxIds).toEqual([])
    await addTaxId(me.actor, { ...VAT, cause: cause() })
    expect((await shown()).taxIds).toHaveLength(1)
  })

  it('of another customer is not removed', async () => {
    await addTaxId(me.actor, { ...VAT, cause: cause() })
    const [mine] = (await shown()).taxIds
    const other = await buyer()
    await removeTaxId(other.actor, mine?.id ?? '')
    expect((await shown()).taxIds).toHaveLength(1)
  })

  it('that Stripe does not take is refused at its field, and stands nowhere', async () => {
    const wrong = addTaxId(me.actor, { type: 'eu_vat', value: '12', cause: cause() })
    expect(await refusal(wrong)).toBe('tax_id_refused')
    expect((await shown()).taxIds).toEqual([])
  })

  it('is refused when there are five', async () => {
    for (let n = 1; n <= 5; n += 1)
      await addTaxId(me.actor, { ...VAT, value: `DE12345678${n}`, cause: cause() })
    expect(await refusal(addTaxId(me.actor, { ...VAT, cause: cause() }))).toBe('too_many_tax_ids')
  })
})
