import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import { isPromotionText } from '@/lib/catalog/parse-purchase'
import { isCheckoutSessionId } from '@/lib/ids'

/** Reads a plan and an interval from an address or a form; what is not a plan for sale is no choice at all. */
export function readChoiceQuery(plan: unknown, interval: unknown): Choice | null {
  return readChoice({ tier: plan, interval: interval ?? 'month' })
}

/**
 * `plan=pro&interval=year`, for the address of the next page; with `code`, if that can be a promotion code, and
 * with `from`, if that can be the checkout that it goes on from.
 */
export function choiceQuery(
  { tier, interval }: Choice,
  code: unknown = null,
  from: unknown = null,
): string {
  const promotion = isPromotionText(code) ? { code } : {}
  const before = isCheckoutSessionId(from) ? { from } : {}
  return new URLSearchParams({ plan: tier, interval, ...promotion, ...before }).toString()
}
