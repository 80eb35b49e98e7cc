import type { Choice } from '@/lib/catalog/parse-choice'

export const REVIEW = '/settings/billing/plans/confirm'

/**
 * The page where a change to this choice is shown before it is made: an address of its own, so that
 * no one chooses twice.
 */
export function reviewOf({ tier, interval }: Choice): `${typeof REVIEW}?${string}` {
  return `${REVIEW}?${new URLSearchParams({ tier, interval })}`
}
