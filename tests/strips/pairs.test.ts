import { expect, test } from 'vitest'
import { BASIC, chargeOf, DAY, OFF } from '@/app/dev/states/subscribers'
import { cardStrip } from '@/app/settings/billing/card-strip'
import { comingStrip } from '@/app/settings/billing/coming-strip'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { statusWord } from '@/app/settings/billing/status-words'
import { summaryRows } from '@/app/settings/billing/summary-rows'
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
const STATUSES: Partial<Record<ShownStatus, Billing>> = {
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
const pairs = Object.entries(STATUSES).flatMap(([status, plain]) =>
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
function saidOf(billing: Billing) {
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

type Said = ReturnType<typeof saidOf>

/** What holds of every pair; each answers whether it does. */
const RULES: Record<string, (b: Billing, said: Said) => boolean> = {
  'what is on its way is asked for by no button, and not said to have failed': (b, said) => {
    if (!b.open?.isProcessing) return true
    const late = ['past_due', 'unpaid', 'incomplete'].includes(b.status)
    return (
      !said.acts.includes('pay') &&
      !/could not charge|asked again|has not come through|is not paid by/.test(said.text) &&
      !said.actions.some((each) => 'shown' in each && each.shown.startsWith('in_1')) &&
      (!late || /usually answers by November 27, 2026/.test(said.text)) &&
      statusWord(b).word !== 'Payment failed'
    )
  },
  'what is set to end is said to end, once, and by no line to go on': (b, said) => {
    if (!b.isCanceling || b.status === 'unknown') return true
    const ends = said.text.match(/(ends|set to end) on December 23, 2026/g) ?? []
    const goesOn =
      /goes on (from|when|after)|is charged then|next payment is asked|^Changes to|resume it a new period/m
    return (
      ends.length === 1 &&
      !goesOn.test(said.text) &&
      !said.acts.includes('resume') &&
      !said.acts.includes('plans') &&
      said.acts.filter((act) => act === 'keep').length <= 1
    )
  },
  'what is not set to end is not offered to be kept, nor said to end': (b, said) =>
    b.isCanceling ||
    (!said.acts.includes('keep') && !/set to end|You will not be charged again/.test(said.text)),
  'who is asked to pay does not read beside it that nothing is charged again': (_b, said) =>
    !said.acts.includes('pay') || !said.text.includes('You will not be charged again'),
  'what is off, late or paused is not said to stay as it is': (b, said) =>
    isInOrder(b) || !/as it is\.|so does what you pay/.test(said.text),
  'a greater plan is offered only where it can be chosen': (b, said) =>
    (['active', 'trialing'].includes(b.status) && !b.isCanceling) || !said.acts.includes('plans'),
  'no kind of strip, no text, no way to pay and no other day stands beside its like': (
    _b,
    said,
  ) => {
    const kinds = said.strips.map(({ kind }) => kind)
    const days = said.text.match(/stays on until [^.;,]*/g) ?? []
    return (
      new Set(kinds).size === kinds.length &&
      new Set(said.texts).size === said.texts.length &&
      said.acts.filter((act) => act === 'pay').length <= 1 &&
      new Set(days).size <= 1
    )
  },
  'a plan that is set to end does not renew by its receipt': (b) =>
    !b.isCanceling || !summaryRows(b).some(({ label }) => label === 'Renews on'),
}

function isInOrder({ status, collectionPaused }: Billing): boolean {
  return (status === 'active' || status === 'trialing') && !collectionPaused
}

test.each(Object.entries(RULES))('%s, whatever else lies over it', (_rule, holds) => {
  const broken = pairs.flatMap(({ name, billing }) => {
    const said = saidOf(billing)
    return holds(billing, said) ? [] : `${name}:\n${said.text}\n[${said.acts.join(', ')}]\n`
  })
  expect(broken.join('\n')).toBe('')
})
