import { describe, expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { MONTHLY } from '@/app/dev/states/subscribers'
import { ENTRY_PLAN, FREE, TOP_PLAN } from '@/lib/catalog/plans'
import type { InvoiceId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'
import { STATUSES } from '@/lib/status'
import { stateStrips } from './state-strips'

const SMALL = ENTRY_PLAN.name
const GREAT = TOP_PLAN.name

const state = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}
const kinds = (name: string) => stateStrips(state(name)).map(({ kind }) => kind)
const first = (name: string) => stateStrips(state(name))[0]

const NONE = { id: 'in_1', nextAttempt: null, payUrl: null, billingReason: null } as const

describe('the strip above a plan', () => {
  test('a plan in order needs no strip', () => {
    expect(kinds('active')).toEqual([])
    expect(kinds('Never bought')).toEqual([])
  })

  test('every other status has one', () => {
    const shown = new Set(
      STATES.filter(({ billing }) => stateStrips(billing).length > 0).map(
        ({ billing }) => billing.status,
      ),
    )
    for (const status of STATUSES) if (status !== 'active') expect(shown).toContain(status)
  })

  test('a failed payment goes before a spent limit, and the ending is said inside it', () => {
    expect(kinds('past_due, in grace, ending, limit reached')).toEqual(['past_due', 'limit'])
    expect(first('past_due, in grace, ending, limit reached')?.detail).toContain(
      'end on December 23, 2026',
    )
  })

  test('a spent limit goes before a coming end', () => {
    expect(kinds('active, ending, limit reached')).toEqual(['limit', 'ending'])
  })

  test('grace says the amount, the day, and what comes after', () => {
    const strip = first('past_due, in grace')
    expect(strip?.title).toBe(`We could not charge ${formatMoney(MONTHLY)} to your card.`)
    expect(strip?.detail).toContain(
      `${SMALL} stays on until December 4, 2026; after that the limits of ${FREE.name} apply`,
    )
  })

  test('after grace no page says that the plan is on', () => {
    const strip = first('past_due, grace over')
    expect(strip?.title).toBe(
      `${SMALL} is off: the payment of ${formatMoney(MONTHLY)} has not come through.`,
    )
    expect(strip?.detail).not.toContain('stays on')
  })

  test('what is owed is Stripe’s amount, with the way to pay it, and never the price of the plan', () => {
    const late = state('past_due, in grace')
    const open = { ...late.open, remaining: { amount: 733, currency: 'eur' } }
    const [strip] = stateStrips({
      ...late,
      open: { ...NONE, ...open, isProcessing: false, processingSince: null },
    })
    expect(strip?.title).toBe('We could not charge €7.33 to your card.')
    expect(strip?.action).toEqual({
      ...{ to: 'pay', label: 'Pay €7.33 now' },
      shown: `${open.id} 733 eur`,
    })
    expect(strip?.also).toEqual({
      ...{ to: 'card', label: 'Use another card' },
      shown: `${open.id} 733 eur`,
    })
  })

  test('of several open invoices their sum is owed and paid, and each can be paid by itself', () => {
    const late = state('past_due, in grace')
    const of = (id: InvoiceId) => ({ ...NONE, id, remaining: { amount: 1900, currency: 'usd' } })
    const open = { ...of('in_2'), isProcessing: false, processingSince: null }
    const earlier = [{ ...of('in_1'), isProcessing: false }]
    for (const status of ['past_due', 'unpaid'] as const) {
      const [strip] = stateStrips({ ...late, status, open: { ...open, earlier } })
      expect(strip?.title).toContain('$38.00')
      expect(strip?.detail).toContain('That is 2 invoices: $19.00 and $19.00.')
      expect(strip?.action).toMatchObject({ shown: 'in_1 1900 usd in_2 1900 usd' })
      expect(strip?.action?.label).toMatch(/^Pay \$38\.00 /)
      expect(strip?.out).toEqual({ to: 'invoices', label: 'Pay one by one' })
    }
  })

  test('while Stripe does not say what is owed no amount is named', () => {
    const strip = first('past_due, amount not known')
    expect(strip?.title).toBe('We could not charge your card.')
    expect(strip?.action).toEqual({ to: 'pay', label: 'Pay now', shown: '' })
    const unpaid = stateStrips({ ...state('unpaid'), open: null })[0]
    expect(unpaid?.title).toBe(`${SMALL} is off until the open payment is paid.`)
    expect(unpaid?.action).toEqual({ to: 'pay', label: 'Pay and restore', shown: '' })
  })

  test('the advice depends on whether the bank is asked again', () => {
    expect(first('past_due, in grace')?.detail).toContain(
      'Your bank is asked again on November 27, 2026',
    )
    expect(first('past_due, grace over, not tried again')?.detail).toContain(
      'Your bank is not asked again by itself: pay it, and the plan comes back.',
    )
  })

  test('a late plan that is set to end before its last day of grace names that day alone', () => {
    const late = { ...state('past_due, in grace'), cancelAt: new Date('2026-11-30T00:00:00Z') }
    const [strip] = stateStrips({ ...late, isCanceling: true })
    expect(strip?.detail).toContain(`${SMALL} stays on until November 30, 2026`)
    expect(strip?.detail).not.toContain('December 4')
  })

  test('an ending plan says the day and that nothing more is charged', () => {
    expect(first('active, ending')).toMatchObject({
      title: `${SMALL} ends on December 23, 2026.`,
      action: { to: 'keep', label: `Keep ${SMALL}` },
    })
  })

  test('a trial that will not go on announces its end, not a charge', () => {
    expect(kinds('trialing, ending')).toEqual(['ending'])
  })

  test('a trial says what Stripe will charge at its end, and not what the plan costs', () => {
    const charge = state('trialing').trialEnding?.charge ?? expect.unreachable()
    expect(charge).not.toEqual(MONTHLY)
    expect(first('trialing')?.detail).toBe(
      `${formatMoney(charge)} is charged then, unless you cancel before. Nothing is charged before that day.`,
    )
    const trial = state('trialing')
    const free = { charge: { amount: 0, currency: 'usd' }, withoutCard: null }
    const detail = (trialEnding: typeof trial.trialEnding) =>
      stateStrips({ ...trial, trialEnding })[0]?.detail
    expect(detail(free)).toBe(
      `${SMALL} goes on after it, and nothing is due on that day. Nothing is charged before that day.`,
    )
    expect(detail(null)).toBe('Nothing is charged before that day.')
  })

  test('a trial without a card asks for one, and promises no charge where there will be none', () => {
    const strip = first('trialing, without a card')
    expect(strip?.detail).toContain(
      `${formatMoney(MONTHLY)} is due then, and there is no card on file yet.`,
    )
    expect(strip?.action).toEqual({ to: 'card', label: 'Add a card', shown: '' })
    const pausing = first('trialing, without a card, and paused at its end')
    expect(pausing?.detail).toContain(`There is no card on file, so ${SMALL} pauses then.`)
    expect(pausing?.detail).not.toContain('$')
  })

  test('a customer who has spent the limit of the greatest plan is not sold another', () => {
    const best = state('active, the greatest plan by the year')
    const [strip] = stateStrips({ ...best, usage: { ...best.usage, used: best.usage.limit } })
    expect(strip).toMatchObject({ kind: 'limit', action: null })
  })

  test('two subscriptions are said, with the day on which the other one is charged, and what to do', () => {
    const strip = first('active, with a second subscription')
    expect(strip?.title).toBe('You have two subscriptions, and each is charged.')
    expect(strip?.detail).toContain(`${SMALL} from another subscription is charged beside it`)
    expect(strip?.detail).toContain('renews on December 23, 2026')
    expect(strip?.action).toEqual({ to: 'cancel_other', label: 'Cancel the other one' })
  })

  test('two of which one ends by itself are no strip of their own', () => {
    const two = state('active, with a second subscription')
    const [other] = two.others
    if (!other) throw new Error('There is no other one.')
    expect(stateStrips({ ...two, others: [{ ...other, isCanceling: true }] })).toEqual([])
    const kept = stateStrips({ ...two, isCanceling: true, cancelAt: two.currentPeriodEnd })
    expect(kept.map(({ kind }) => kind)).toEqual(['ending'])
  })

  test('no strip leads to the first page of Stripe’s portal: each button does what it says', () => {
    const acts = STATES.flatMap(({ billing }) => stateStrips(billing))
      .flatMap(({ action, also, out }) => [action, also, out])
      .flatMap((each) => (each ? [each.to] : []))
    expect(new Set(acts)).not.toContain('portal')
    const ways = 'pay card invoice invoices keep resume plans cancel cancel_other look write'
    expect(new Set(acts)).toEqual(new Set(ways.split(' ')))
  })

  test('a first bank debit on its way says since when, until when, and what applies meanwhile', () => {
    expect(first('processing: the first bank debit is on its way')).toMatchObject({
      kind: 'processing',
      title: `Your bank is processing the payment for ${GREAT}.`,
      detail: `It was started on November 22, 2026. ${GREAT} starts when the money arrives, usually by November 28, 2026. Until then the limits of ${FREE.name} apply, and there is nothing for you to do.`,
      action: null,
    })
  })

  test.each([
    'unpaid: the first bank debit came back',
    'canceled: it never began, because the first payment did not arrive',
  ])('%s: one strip, with a way to start anew, and no word of paying what is gone', (name) => {
    expect(stateStrips(state(name))).toHaveLength(1)
    expect(first(name)).toMatchObject({
      title: `The payment for ${GREAT} did not arrive, so the plan did not start.`,
      action: { to: 'plans', label: 'Choose a plan' },
    })
  })

  test('a better plan that waits for its payment says what applies until then', () => {
    expect(first('active, waiting for the payment of a better plan')).toMatchObject({
      title: `${GREAT} starts when its payment arrives.`,
      detail: `Until then you are on ${SMALL}, which is paid for.`,
    })
  })

  test('paused collection says that nothing is charged, and how long the plan stays on', () => {
    expect(first('active, collection paused until a day')).toMatchObject({
      title: `Nothing is charged for ${SMALL} for now.`,
      detail: `${SMALL} stays on until December 23, 2026, the end of what was paid for. Charging goes on from January 23, 2027.`,
    })
    const over = first('active, collection paused, and what was paid for is over')
    expect(over?.title).toBe(`${SMALL} is off while nothing is charged for it.`)
    expect(over?.detail).toContain('Nothing is charged until you resume it.')
  })

  test('a first payment that waits for its bank is confirmed, paid another way, or given up at once', () => {
    expect(first('incomplete')).toMatchObject({
      action: { label: 'Confirm with your bank' },
      also: { to: 'card', label: 'Use another card' },
      out: { to: 'cancel', label: 'Give it up' },
    })
  })

  test('a period whose payment was disputed and lost says that the plan is off, why, and when it is asked for again', () => {
    const strip = first('active, and its payment was disputed and lost')
    expect(strip?.title).toBe(`${SMALL} is off: your bank took its payment back.`)
    expect(strip?.detail).toContain('The next payment is asked for on December 23, 2026')
    expect(strip?.action).toEqual({ to: 'cancel', label: 'Cancel plan' })
    const lost = state('active, and its payment was disputed and lost')
    expect(stateStrips({ ...lost, tier: ENTRY_PLAN.tier, access: 'full' })).toEqual([])
  })
})
