import { beforeEach, describe, expect, it } from 'vitest'
import { activityText } from '@/app/settings/billing/activity/activity-words'
import { amountNote, invoiceWord } from '@/app/settings/billing/invoices/invoice-words'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { statusWord } from '@/app/settings/billing/status-words'
import { summaryRows } from '@/app/settings/billing/summary-rows'
import { listAudit } from '@/db/queries/audit'
import { readActivity } from '@/lib/audit/activity'
import { sentenceOf } from '@/lib/console/sentence'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { readInvoices } from './invoices'
import { readBilling } from './read'

// A renewal, and what became of its payment, each with their events.
const SLOW = { timeout: 60_000 }

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

/** What each page says: the strips and the receipt of billing, the newest invoice, and the activity, newest first. */
async function said() {
  const billing = await readBilling(me.workspaceId)
  const read = await readInvoices(me.actor, null)
  if (read.kind !== 'list') throw new Error(`There is no list: ${read.kind}.`)
  const [newest] = read.invoices
  if (!newest) throw new Error('There is no invoice.')
  const { activity } = await readActivity(me.actor, { before: null, hidden: [] })
  const about = activity.filter(({ action }) => /^(charge\.dispute|refund)\./.test(action))
  return {
    strips: stateStrips(billing).map(({ kind }) => kind),
    plan: [billing.status, billing.access, statusWord(billing).word],
    renews: summaryRows(billing).some(({ label }) => label === 'Renews on'),
    invoice: invoiceWord(newest).word,
    note: amountNote(newest),
    activity: about.map((each) => activityText(each).text),
  }
}

async function dispute() {
  const { charges, disputes } = stripeClient()
  const [charge] = (await charges.list({ customer: me.customerId })).data
  const [found] = (await disputes.list({ charge: String(charge?.id) })).data
  if (!found) throw new Error('Nothing is disputed.')
  return found
}

/** Decided for us by the evidence that Stripe's test mode knows, or accepted, which loses it. */
async function decide(how: 'won' | 'lost') {
  const { id } = await dispute()
  const { disputes } = stripeClient()
  const evidence = { uncategorized_text: 'winning_evidence' }
  await (how === 'won' ? disputes.update(id, { evidence, submit: true }) : disputes.close(id))
  await history.later(1)
}

const OPENED = 'A payment was disputed at the bank: $19.00.'
const ON = { plan: ['active', 'full', 'Active'], renews: true }

describe('a payment that is disputed at its bank', SLOW, () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_createDispute')
    await history.later(31, 2)
    // So that no later renewal is disputed, too.
    await chargeTo(me, 'pm_card_visa')
    await history.arrive()
  })

  it('is said above the plan, at its invoice and in the activity while nothing is decided', async () => {
    expect(await said()).toMatchObject({
      ...ON,
      ...{ strips: ['dispute'], invoice: 'Disputed', note: expect.stringContaining('$19.00') },
      activity: expect.arrayContaining([OPENED]),
    })
  })

  it('and is decided for us is paid as it was, and no strip speaks of it any more', async () => {
    await decide('won')
    expect(await said()).toMatchObject({
      ...{ ...ON, strips: [], invoice: 'Paid', note: null },
      activity: expect.arrayContaining([
        'The dispute of $19.00 was decided: the payment holds.',
        OPENED,
      ]),
    })
  })

  it('and is lost went back, which its invoice and the activity say; the plan is on by the catalog’s policy', async () => {
    await decide('lost')
    expect(await said()).toMatchObject({
      ...{ ...ON, strips: [], note: expect.stringContaining('$19.00') },
      activity: expect.arrayContaining([
        'The dispute of $19.00 was decided: the bank gave the money back to you.',
        OPENED,
      ]),
    })
    expect((await said()).invoice).not.toBe('Paid')
    const { rows } = await trail()
    expect(rows).toContain('A dispute of $19.00 was lost.')
    expect(rows).toContain('A charge is disputed: $19.00.')
  })
})

describe('a payment of which something went back', SLOW, () => {
  it('is said with each part of it, and in the console, too', async () => {
    const { charges, creditNotes, refunds, invoices } = stripeClient()
    const [charge] = (await charges.list({ customer: me.customerId })).data
    const [invoice] = (await invoices.list({ customer: me.customerId })).data
    await refunds.create({ charge: String(charge?.id), amount: 300 })
    await creditNotes.create({ invoice: String(invoice?.id), amount: 250, refund_amount: 250 })
    await history.arrive()
    const { activity, note } = await said()
    expect(activity.toSorted()).toEqual(['$2.50 was refunded.', '$3.00 was refunded.'])
    expect(note).toContain('$5.50')
    expect((await trail()).rows).toEqual(
      expect.arrayContaining(['$3.00 was sent back.', '$2.50 was sent back.']),
    )
  })
})

async function trail() {
  const rows = await listAudit(me.customerId)
  return { rows: rows.map((row) => sentenceOf(row)) }
}
