import type { CheckoutTerms } from '@/sandbox/store/records'

/** When the trial of a session that is paid now will end; null when it has none. */
export function trialEndOf({ subscription }: CheckoutTerms, now: number): number | null {
  if (subscription.trialEnd !== null) return subscription.trialEnd
  return subscription.trialDays === null ? null : now + subscription.trialDays * 86_400
}
