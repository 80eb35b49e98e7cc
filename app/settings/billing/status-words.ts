import type { IconName } from '@/app/components/icons'
import type { Tone } from '@/app/components/tone'
import type { Billing } from '@/lib/billing/billing'
import { FREE } from '@/lib/catalog/plans'
import { neverBegan } from './plan-state'

export type StatusWord = { word: string; icon: IconName; tone: Tone }

/** Each status as one word with its icon; the only table of its kind. */
const WORDS: Record<Billing['status'], StatusWord> = {
  none: { word: FREE.name, icon: 'check', tone: 'neutral' },
  active: { word: 'Active', icon: 'check', tone: 'ok' },
  trialing: { word: 'Trial', icon: 'clock', tone: 'info' },
  past_due: { word: 'Payment failed', icon: 'alert', tone: 'danger' },
  unpaid: { word: 'Unpaid', icon: 'alert', tone: 'danger' },
  processing: { word: 'Processing', icon: 'clock', tone: 'info' },
  incomplete: { word: 'Confirm payment', icon: 'alert', tone: 'warn' },
  incomplete_expired: { word: 'Never started', icon: 'dash', tone: 'neutral' },
  paused: { word: 'Paused', icon: 'pause', tone: 'neutral' },
  canceled: { word: 'Ended', icon: 'dash', tone: 'neutral' },
  unknown: { word: 'Being checked', icon: 'info', tone: 'info' },
}

/** Says that a plan will end, or is not charged, unless something more urgent is already shown. */
export function statusWord(billing: Billing): StatusWord {
  const { status, isCanceling, collectionPaused, open, money } = billing
  // One whose first payment never came did not begin, whatever Stripe calls it.
  const isUnpaidEnd = status === 'canceled' && money.owes === 'first'
  if (isUnpaidEnd || neverBegan(billing)) return WORDS.incomplete_expired
  // What was late is with its bank: it may fail again, but it has not.
  if (open?.isProcessing && (status === 'past_due' || status === 'unpaid')) return WORDS.processing
  if (status === 'active' && collectionPaused) return WORDS.paused
  const ends = isCanceling && (status === 'active' || status === 'trialing')
  return ends ? { word: 'Ending', icon: 'power', tone: 'warn' } : WORDS[status]
}
