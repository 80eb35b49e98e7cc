import { BASIC, chargeOf, DAY, OFF } from '@/app/dev/states/subscribers'
import { cardStrip } from '@/app/settings/billing/card-strip'
import { comingStrip } from '@/app/settings/billing/coming-strip'
import { stateStrips } from '@/app/settings/billing/state-strips'
import type { Billing, Coming } from '@/lib/billing/billing'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import type { ShownStatus } from '@/lib/status'

const OPEN = {
  ...{ id: 'in_1', remaining: { amount: 1900, currency: 'usd' }, payUrl: null },
  ...{ nextAttempt: DAY('2026-11-27'), billingReason: 'subscription_cycle' },
  ...{ isProcessing: false, processingSince: null },
} satisfies Billing['open']
const SENT = {
  ...{ ...OPEN, isProcessing: true, nextAttempt: null, processingSince: DAY('2026-11-21') },
} satisfies Billing['open']
const LATE = { open: OPEN, pastDueSince: DAY('2026-11-20') }
const DUE = { amount: 1900, currency: 'usd' }

/** Each status that a living plan can have, as the page reads it. */
const STATUSES: Partial<Record<ShownStatus | 'never began', Billing>> = {
  active: BASIC,
  trialing: {
    ...{ ...BASIC, status: 'trialing', trialEnd: DAY('2026-12-23') },
    trialEnding: { charge: DUE, withoutCard: null },
  },
  past_due: {
    ...BASIC,
    ...LATE,
    status: 'past_due',
    access: 'grace',
    graceUntil: DAY('2026-12-04'),
  },
  unpaid: { ...OFF, ...LATE, status: 'unpaid' },
  incomplete: { ...OFF, status: 'incomplete', open: OPEN },
  processing: {
    ...{ ...OFF, status: 'processing' },
    money: { ...OFF.money, owes: 'first', owedSince: DAY('2026-11-22') },
  },
  // Its first bank debit came back: Stripe has it as active, and it is ended at the next look.
  'never began': {
    ...{ ...OFF, status: 'unpaid' },
    money: { ...OFF.money, owes: 'first', payment: 'void', owedSince: DAY('2026-11-22') },
  },
  paused: { ...OFF, status: 'paused', resumption: DUE },
  unknown: { ...OFF, status: 'unknown' },
}

const coming = (kind: Coming['kind'], tier: Coming['tier']) => (): Partial<Billing> => ({
  next: chargeOf({}, { kind, at: DAY('2026-12-23'), tier, interval: 'month', recurrence: null }),
})

/** What lies over a status, whatever that is. */
const OVERLAYS: Record<string, (b: Billing) => Partial<Billing>> = {
  'set to end': (b) => ({
    ...{ isCanceling: true, cancelAtPeriodEnd: true, cancelAt: DAY('2026-12-23') },
    // What ends before its next invoice has none (`readNextCharge`).
    next: b.next.kind === 'charge' && b.next.coming ? b.next : { kind: 'nothing' },
  }),
  'a smaller plan is planned': coming('planned', ENTRY_PLAN.tier),
  'another price is planned': coming('price', ENTRY_PLAN.tier),
  'a change waits for its payment': coming('waits', TOP_PLAN.tier),
  'a better plan waits for its money': () => ({ waitsFor: TOP_PLAN.tier }),
  'a debit is on its way': () => ({ open: SENT }),
  'the debit of its period is on its way': (b) => ({
    money: { ...b.money, payment: 'open', owes: b.money.owes ?? 'renewal' },
  }),
  'collection is paused': () => ({ collectionPaused: { resumesAt: DAY('2027-01-23') } }),
  'collection is paused for good': () => ({
    ...{ collectionPaused: { resumesAt: null }, next: { kind: 'nothing' } },
  }),
  'a pause let its period pass': (b) => ({
    ...{ access: 'none', tier: OFF.tier, resumption: b.status === 'active' ? DUE : b.resumption },
    money: { ...b.money, payment: 'skipped', owes: 'renewal' },
  }),
  'a dispute was lost': (b) => ({
    ...{ access: 'none', tier: OFF.tier, money: { ...b.money, payment: 'dispute_lost' } },
  }),
  'its money was sent back': (b) => ({
    ...{ access: 'none', tier: OFF.tier, money: { ...b.money, payment: 'refunded' } },
  }),
  'a dispute is open': () => ({ isDisputed: true }),
  'the limit is reached, and uses go on': (b) => ({
    usage: { ...b.usage, used: b.usage.limit, overage: 'allow' },
  }),
  'the limit is reached': (b) => ({ usage: { ...b.usage, used: b.usage.limit } }),
  'a second subscription': () => ({
    others: [
      {
        ...{ id: 'sub_2', plan: ENTRY_PLAN.tier, isCanceling: false },
        currentPeriodEnd: DAY('2026-12-23'),
      },
    ],
  }),
  'its card expires': (b) =>
    b.next.kind === 'charge'
      ? {
          next: {
            ...b.next,
            charge: {
              ...b.next.charge,
              paidWith: {
                ...{ kind: 'card', brand: 'visa', last4: '4242', expiresAt: DAY('2026-12-01') },
              },
            },
          },
        }
      : {},
  'amounts are not known': () => ({ open: null, next: { kind: 'unknown' }, resumption: null }),
}

const names = Object.keys(OVERLAYS)
/** Each status with one and with two of them. */
export const PAIRS = Object.entries(STATUSES).flatMap(([status, plain]) =>
  names.flatMap((first, nth) =>
    [null, ...names.slice(nth + 1)].map((second) => {
      const over = (b: Billing, name: string | null): Billing => ({
        ...b,
        ...(name ? OVERLAYS[name]?.(b) : {}),
      })
      const billing = over(over(plain, first), second)
      const name = [status, first, second].filter((each) => each !== null).join(' × ')
      return { name, billing }
    }),
  ),
)

/** Everything that the page says above the plan and of what follows it, and the buttons beside it. */
export function saidOf(billing: Billing) {
  const late = comingStrip(billing)
  const card = cardStrip(billing)
  const strips = [...stateStrips(billing), ...(card ? [card] : [])]
  const texts = [...strips, ...(late ? [late] : [])].map(
    ({ title, detail }) => `${title} ${detail}`,
  )
  const actions = strips.flatMap(({ action, also, out }) =>
    [action, also, out].filter((each) => each !== null && each !== undefined),
  )
  const acts = actions.map(({ to }) => to)
  // The button of `coming-change.tsx`.
  if (late?.kind === 'waits' && !billing.open?.isProcessing) acts.push('pay')
  return { strips, texts, text: texts.join('\n'), acts, actions }
}

export type Said = ReturnType<typeof saidOf>
