import { mirrorOf } from '@/lib/sync/mirror'
import type { MemoryLedger } from './memory-ledger'
import { deservedTier } from './process'
import type { Truth } from './truth'

/** Compares the books with the truth once everything has had its time. */
export function verdict(truth: Truth, ledger: MemoryLedger, now: Date): string[] {
  return [
    ...mirrored(truth, ledger),
    ...told(truth, ledger),
    ...settled(ledger),
    ...granted(ledger, now),
  ]
}

function mirrored(truth: Truth, ledger: MemoryLedger): string[] {
  return truth.subscriptions().flatMap((subscription) => {
    const kept = ledger.subscriptions.get(subscription.id)
    if (!kept) return [`${subscription.id} is not in the books.`]
    const should = mirrorOf(subscription, kept, { pro: {}, studio: {} })
    const { fence: _, syncedAt: __, ...is } = kept
    return JSON.stringify(should) === JSON.stringify(is)
      ? []
      : [`${subscription.id} is not as at Stripe.`]
  })
}

function told({ facts }: Truth, ledger: MemoryLedger): string[] {
  const keys = ledger.facts.map(({ key }) => key)
  const lost = [...facts].filter((key) => !keys.includes(key)).map((key) => `${key} was lost.`)
  const twice = keys
    .filter((key, i) => keys.indexOf(key) !== i)
    .map((key) => `${key} was told twice.`)
  return [...lost, ...twice]
}

function settled({ target, events }: MemoryLedger): string[] {
  const ids = new Set(events.map(({ id }) => id))
  if (ids.size < events.length) return ['An event was stored twice.']
  const waiting = events.filter(({ done }) => !done).map(({ id }) => `${id} still waits.`)
  return target.dirtySeq > target.syncedSeq ? [...waiting, 'The customer is still dirty.'] : waiting
}

function granted(ledger: MemoryLedger, now: Date): string[] {
  const has = ledger.entitlement()?.tier ?? 'free'
  const deserves = deservedTier(ledger, now)
  return has === deserves ? [] : [`The user has ${has} and should have ${deserves}.`]
}
