import { type CheckoutSessionId, isCheckoutSessionId } from '@/lib/ids'
import { type Choice, parseChoice } from './parse-choice'

/**
 * A choice, and the promotion code that its buyer came with; `from`: the checkout of theirs that it
 * goes on from, with its code.
 */
export type Purchase = Choice & { code: string | null; from: CheckoutSessionId | null }

/** Whether a text can be a promotion code: what cannot be one is never looked up, nor repeated. */
export function isPromotionText(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,80}$/.test(value)
}

/**
 * Reads a choice from a form, and a promotion code if there is one. The code is what a person could type at
 * Stripe: it is looked up there, and one that is none is no reason to sell nothing.
 * @throws {Invalid} naming the field that is not one of ours
 */
export function parsePurchase(form: FormData): Purchase {
  const [code, from] = [form.get('code'), form.get('from')]
  return {
    ...parseChoice(form),
    code: isPromotionText(code) ? code : null,
    from: isCheckoutSessionId(from) ? from : null,
  }
}
