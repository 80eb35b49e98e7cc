/** A page to be drawn: its file's name, its address, and the demo user who looks at it; null: a signed-out visitor. */
export type Shot = { name: string; path: string; as: string | null }

const person = (name: string) => `${name}@demo.test`

const billing = (state: string, name: string): Shot => ({
  name: `billing-${state}`,
  path: '/settings/billing',
  as: person(name),
})

/** Every page that a visitor or a customer sees, and the billing page in each state of the demo. */
export const SHOTS: readonly Shot[] = [
  { name: 'home', path: '/', as: null },
  { name: 'pricing', path: '/pricing', as: null },
  { name: 'pricing-signed-in', path: '/pricing', as: person('bruno') },
  { name: 'sign-in', path: '/sign-in', as: null },
  { name: 'account-deleted', path: '/sign-in/deleted', as: null },
  billing('free', 'ada'),
  billing('active', 'bruno'),
  billing('yearly', 'chidi'),
  billing('trial', 'dana'),
  billing('payment-failed', 'emeka'),
  billing('bank-debit', 'freya'),
  billing('to-confirm', 'goran'),
  billing('canceling', 'hana'),
  billing('smaller-plan', 'ines'),
  billing('on-hold', 'jonas'),
  billing('paused', 'keiko'),
  billing('ended', 'liam'),
  { name: 'plans', path: '/settings/billing/plans', as: person('bruno') },
  {
    name: 'change-plan',
    path: '/settings/billing/plans/confirm?tier={top}&interval=month',
    as: person('bruno'),
  },
  { name: 'cancel', path: '/settings/billing/cancel', as: person('bruno') },
  { name: 'invoices', path: '/settings/billing/invoices', as: person('emeka') },
  { name: 'activity', path: '/settings/billing/activity', as: person('bruno') },
  { name: 'usage', path: '/settings/billing/usage', as: person('bruno') },
  { name: 'details', path: '/settings/billing/details', as: person('bruno') },
  { name: 'payment-method', path: '/settings/billing/payment-method', as: person('bruno') },
  { name: 'account', path: '/settings/account', as: person('bruno') },
  { name: 'delete-account', path: '/settings/account/delete', as: person('bruno') },
  { name: 'sign-in-methods', path: '/settings/sign-in-methods', as: person('bruno') },
  { name: 'api-keys', path: '/settings/api-keys', as: person('chidi') },
  { name: 'reports', path: '/reports', as: person('chidi') },
  { name: 'analytics', path: '/reports/analytics', as: person('chidi') },
  { name: 'console', path: '/console', as: person('mona') },
  { name: 'console-customer', path: '/console?q=emeka@demo.test', as: person('mona') },
  { name: 'console-revenue', path: '/console/revenue', as: person('mona') },
  { name: 'console-events', path: '/console/events', as: person('mona') },
  { name: 'console-stuck', path: '/console/stuck', as: person('mona') },
  { name: 'console-drift', path: '/console/drift', as: person('mona') },
  { name: 'console-audit', path: '/console/audit', as: person('mona') },
  { name: 'console-outbox', path: '/console/outbox', as: person('mona') },
  { name: 'console-health', path: '/console/health', as: person('mona') },
  { name: 'console-operators', path: '/console/operators', as: person('mona') },
]

/** Pages that are no picture of their own, each with the reason. */
export const NOT_DRAWN: Readonly<Record<string, string>> = {
  '/checkout/continue': 'leads on by itself',
  '/checkout/pay': 'only with Checkout within our page',
  '/checkout/return': 'only after a payment',
  '/settings/billing/card': 'leads on by itself',
  '/sign-in/link': 'only with a link',
  '/setup': 'only where something is missing: e2e/setup.spec.ts looks at it',
  '/emails/unsubscribe': 'only with a link',
  '/checkout/offer': 'is /pricing with a code or a session',
  '/outdated': 'only after an update, without scripts',
  '/console/customers/[workspaceId]': 'found by its search, as console-customer',
  '/console/events/[id]': 'one of many',
  '/console/revenue/customers': 'the list behind one of many numbers',
  '/dev/mail': 'for developers',
  '/dev/states': 'for developers',
  '/dev/plans/[count]': 'for developers',
}
