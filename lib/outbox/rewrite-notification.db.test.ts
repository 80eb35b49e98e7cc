import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { users } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'
import { enqueueMail } from '@/lib/mail/enqueue'
import { Mail } from '@/lib/mail/mail'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { deliverOutbox } from './deliver'
import { chargeTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'
import { keyOfAgain } from './sent-again'

const email = vi.hoisted(() => ({
  server: null as string | null,
  from: 'Ledgerline <billing@ledgerline.test>',
}))
// Neither beside a sandbox, which captures, nor with a server: what is written waits.
vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), email, devTools: false, adminEmails: [] }) }
})

const { shop, history } = historyForFile()
let me: Subscriber
let server: Server | undefined

beforeEach(async () => {
  email.server = null
  me = await subscriber()
  await history.arrive()
  // The first one, which welcomes, has gone out.
  await db().update(outbox).set({ deliveredAt: new Date() })
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  expect(await waiting()).toHaveLength(1)
})
afterEach(async () => {
  server?.close()
  await db().update(outbox).set({ deliveredAt: new Date() })
})

describe('an email that has waited for its mail server', () => {
  it('is not sent once the debt is paid', async () => {
    await aged()
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: me.customerId,
    })
    const { latest_invoice } = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    await stripeClient().invoices.pay(String(latest_invoice), { payment_method: card.id })
    expect(await sent()).toEqual([])
    expect(await waiting()).toEqual([])
  })

  // breakage: the mail server is away for days | what goes out then is what is true then, and an email that is over does not
  it('is not sent once the plan has ended: it would offer to pay for nothing', async () => {
    await aged()
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    expect(await sent()).toEqual([])
  })

  it('names the days that are true when it is sent', async () => {
    const [written] = await waiting()
    await aged()
    await fetch(`${shop.url}/_sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: 4 * 86_400 }),
    })
    const [mail] = await sent()
    expect(mail).toContain('Your bank is asked again on')
    const day = /asked again on ([\w ,]+\d{4})/
    expect(day.exec(mail ?? '')?.[1]).not.toBe(day.exec(written?.text ?? '')?.[1])
  })

  it('goes to the address that its reader has by then', async () => {
    await aged()
    const address = `moved-${me.userId}@example.test`
    await db().update(users).set({ email: address }).where(eq(users.id, me.userId))
    const [mail] = await sent()
    expect(mail).toContain(`To: ${address}`)
  })

  it('or whose server refused it once is written again, too', async () => {
    await startSmtp({ refuse: true })
    await deliverOutbox(productionPorts().clock)
    await db()
      .update(outbox)
      .set({ nextRunAt: new Date(0) })
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    expect(await sent()).toEqual([])
  })

  it('and that an operator has sent again goes by what is true then, as the first does', async () => {
    await sentAgain()
    expect(await waiting()).toHaveLength(2)
    await aged()
    const address = `again-${me.userId}@example.test`
    await db().update(users).set({ email: address }).where(eq(users.id, me.userId))
    const mails = await sent()
    expect(mails).toHaveLength(2)
    for (const mail of mails) expect(mail).toContain(`To: ${address}`)
  })

  it('and that an operator has sent again is not sent once the plan has ended', async () => {
    await sentAgain()
    await aged()
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    expect(await sent()).toEqual([])
  })

  // The last one: Stripe stays away.
  it('that is fresh is sent as it was written, without asking Stripe again', async () => {
    await shop.stop()
    expect(await sent()).toHaveLength(1)
  })
})

/** An operator has it sent again, and that waits, too. */
async function sentAgain(): Promise<void> {
  const [first] = await db()
    .select()
    .from(outbox)
    .where(and(eq(outbox.kind, 'mail'), isNull(outbox.deliveredAt)))
  const { key, payload } = first ?? expect.unreachable()
  await enqueueMail(db(), keyOfAgain(key, 7), Mail.parse(payload), me.customerId)
}

/** Its hour has come long ago, by the database's clock. */
async function aged(): Promise<void> {
  await db()
    .update(outbox)
    .set({ createdAt: sql`clock_timestamp() - interval '2 days'` })
    .where(eq(outbox.kind, 'mail'))
}

/** What the mail server was given for them, now that there is one. */
async function sent(): Promise<string[]> {
  const heard = await startSmtp()
  await deliverOutbox(productionPorts().clock)
  return heard().filter((mail) => mail.includes(me.workspaceId))
}

async function waiting() {
  const rows = await db().select().from(outbox).where(eq(outbox.kind, 'mail'))
  return rows
    .filter(({ deliveredAt }) => deliveredAt === null)
    .map(({ payload }) => payload as { to: string; text: string })
    .filter(({ to }) => to.startsWith(me.workspaceId))
}

/** A mail server that takes everything, or refuses every recipient; answers the mails that it took. */
async function startSmtp({ refuse = false } = {}): Promise<() => string[]> {
  const taken: string[] = []
  server?.close()
  server = createServer((socket) => {
    let data: string | null = null
    socket.write('220 test\r\n')
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      if (data !== null) {
        data += chunk
        if (!data.endsWith('\r\n.\r\n')) return
        taken.push(data.replaceAll('=\r\n', ''))
        data = null
        socket.write('250 taken\r\n')
      } else if (/^DATA/i.test(chunk)) {
        data = ''
        socket.write('354 go on\r\n')
      } else if (/^RCPT/i.test(chunk) && refuse) socket.write('550 unknown\r\n')
      else socket.write('250 fine\r\n')
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  email.server = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  return () => taken
}
