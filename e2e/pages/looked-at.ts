import { GREAT, SMALL } from './plans'

/** The page on which a greater plan is agreed to. */
export const CHANGE = `/settings/billing/plans/confirm?tier=${GREAT.tier}&interval=month`

/** Pages that anyone opens; `accessibility.spec.ts` looks at each. */
export const OPEN = [
  ...['/', '/pricing', '/sign-in', '/dev/states', '/dev/mail'],
  ...['/emails/unsubscribe', '/sign-in/deleted', '/outdated'],
]

/** Pages of someone who has a plan; `accessibility.spec.ts` looks at each, at three widths. */
export const SIGNED_IN = [
  '/settings/billing',
  '/settings/billing/plans',
  CHANGE,
  '/settings/billing/cancel',
  '/settings/billing/card',
  '/settings/billing/payment-method',
  '/settings/billing/invoices',
  '/settings/billing/activity',
  '/settings/billing/usage',
  '/settings/billing/details',
  '/settings/account',
  '/settings/account/delete',
  '/settings/api-keys',
  '/settings/sign-in-methods',
  '/reports',
  '/reports/analytics',
  `/checkout/continue?plan=${SMALL.tier}&interval=year`,
]

/**
 * Pages that another story brings into the state that is worth a look, with the file that has it. Those of the
 * console are found by `console.spec.ts` in the build itself.
 */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  '/checkout/offer': 'promotion-link.spec.ts',
  '/checkout/pay': 'embedded-checkout.spec.ts',
  // Where a purchase ends.
  '/checkout/return': 'accessibility.spec.ts',
  '/dev/plans/[count]': 'pricing.spec.ts',
  '/setup': 'setup.spec.ts',
  '/sign-in/link': 'sign-in-methods.spec.ts',
}
