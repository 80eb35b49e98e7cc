import { expect, test } from 'vitest'
import { neverBegan } from '@/app/settings/billing/plan-state'
import { statusWord } from '@/app/settings/billing/status-words'
import { summaryRows } from '@/app/settings/billing/summary-rows'
import type { Billing } from '@/lib/billing/billing'
import { PAIRS, type Said, saidOf } from './pairs'

/** What holds of every pair; each answers whether it does. */
const RULES: Record<string, (b: Billing, said: Said) => boolean> = {
  'what is on its way is asked for by no button, and not said to have failed': (b, said) => {
    // One whose payment was given up has no bank that could still answer.
    if (!b.open?.isProcessing || neverBegan(b)) return true
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
    // What never began has no end that comes later.
    if (!b.isCanceling || b.status === 'unknown' || neverBegan(b)) return true
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
    (['active', 'trialing'].includes(b.status) && !b.isCanceling) ||
    neverBegan(b) ||
    !said.acts.includes('plans'),
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
  'a trial whose end falls into a pause is not said to be charged then': (b, said) =>
    b.status !== 'trialing' ||
    !b.collectionPaused ||
    (!/is charged then/.test(said.text) &&
      !summaryRows(b).some(({ label }) => label === 'First charge on')),
  'a plan that is set to end does not renew by its receipt': (b) =>
    !b.isCanceling || !summaryRows(b).some(({ label }) => label === 'Renews on'),
}

function isInOrder({ status, collectionPaused }: Billing): boolean {
  return (status === 'active' || status === 'trialing') && !collectionPaused
}

test.each(Object.entries(RULES))('%s, whatever else lies over it', (_rule, holds) => {
  const broken = PAIRS.flatMap(({ name, billing }) => {
    const said = saidOf(billing)
    return holds(billing, said) ? [] : `${name}:\n${said.text}\n[${said.acts.join(', ')}]\n`
  })
  expect(broken.join('\n')).toBe('')
})
