import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { CustomerId } from '@/lib/ids'
import { mayRead } from '@/lib/redis/person-reads'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { confirmCheckout } from './confirm'
import { readEmbedded } from './embedded'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>
beforeEach(async () => {
  me = await shopper()
})

async function start(ui?: 'hosted_page' | 'embedded_page'): Promise<URL> {
  const started = await startCheckout(me.actor, PRO, ui)
  if (started.kind !== 'checkout') throw new Error('No checkout was opened.')
  return new URL(started.url)
}

/** Starts it within a page of ours, and answers its session's id. */
async function embed(): Promise<string> {
  return (await start('embedded_page')).searchParams.get('session_id') ?? ''
}

const customer = async () => (await findCustomerId(me.workspaceId)) as CustomerId
const sessions = async () =>
  (await stripeClient().checkout.sessions.list({ customer: await customer() })).data

describe('a checkout within a page of ours', () => {
  it('is shown at our own address to the customer who started it, and led to its return page by Stripe', async () => {
    const url = await start('embedded_page')
    expect(`${url.origin}${url.pathname}`).toBe('http://localhost:3000/checkout/pay')
    const id = url.searchParams.get('session_id') ?? ''
    const session = await stripeClient().checkout.sessions.retrieve(id)
    expect(session).toMatchObject({
      ui_mode: 'embedded_page',
      url: null,
      return_url: 'http://localhost:3000/checkout/return?session_id={CHECKOUT_SESSION_ID}',
      success_url: null,
      cancel_url: null,
    })
    const { client_secret: clientSecret } = session
    expect(await readEmbedded(me.actor, id)).toEqual({ clientSecret, choice: PRO })
    await payCheckout(shop.sandbox, id, CARD)
    expect(await readEmbedded(me.actor, id)).toBeNull()
    expect(await confirmCheckout(me.actor, id)).toMatchObject({ kind: 'activated', tier: SMALL })
  })

  it('is one session of many clicks, and its secret is on no record', async () => {
    const urls = await Promise.all([1, 2, 3, 4].map(() => start('embedded_page')))
    expect(new Set(urls.map(String)).size).toBe(1)
    expect(await sessions()).toHaveLength(1)
    expect(JSON.stringify(await listAudit(await customer()))).not.toContain('_secret_')
  })

  it('is shown as often as one may look in a minute, and then Stripe is asked no more', async () => {
    const id = await embed()
    for (let n = 0; n < 60; n += 1) await mayRead(me.actor.id)
    expect(await readEmbedded(me.actor, id)).toBeNull()
    expect(await confirmCheckout(me.actor, id)).toEqual({ kind: 'busy' })
  })

  it('is shown to no one else, and neither is what is made up, replaced, or for Stripe’s own page', async () => {
    const id = await embed()
    const other = await shopper()
    for (const [actor, session] of [
      [other.actor, id],
      [me.actor, 'cs_test_unheard'],
      [me.actor, undefined],
    ] as const)
      expect(await readEmbedded(actor, session)).toBeNull()
    await startCheckout(me.actor, { tier: GREAT, interval: 'year' }, 'embedded_page')
    expect(await readEmbedded(me.actor, id)).toBeNull()
  })

  it('gives way to Stripe’s own page for a customer without scripts, and only one can be paid', async () => {
    const id = await embed()
    const hosted = await start('hosted_page')
    expect(hosted.href).toContain(shop.url)
    expect(await readEmbedded(me.actor, id)).toBeNull()
    expect((await sessions()).filter(({ status }) => status === 'open')).toHaveLength(1)
  })

  it('is not what is opened where no one asked for it', async () => {
    expect((await start()).href).toContain(shop.url)
  })
})
