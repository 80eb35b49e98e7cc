import type Stripe from 'stripe'
import { type Random, seeded } from '@/tests/simulation/random'
import type { Account } from './account'
import type { Tier } from './accountant/tier'
import { ask } from './http-client'
import type { Shop } from './shop'

/** A customer of an account. */
export type Person = {
  account: Account
  shop: Shop
  /** The chance of the action that is being made: each has its own, so that one can be left out. */
  random: Random
  customer: string
  /** What was done and what became of it, to show what went wrong. */
  actions: string[]
  /** One request of the API. Null: it is refused, which is a action, too. */
  act(method: 'POST' | 'DELETE', path: string, form?: Form): { id: string } | null
  /** Their subscriptions, the oldest first, as the account keeps them. */
  subscriptions(): readonly Readonly<Stripe.Subscription>[]
  invoices(): readonly Readonly<Stripe.Invoice>[]
  /** Unix seconds. */
  now(): number
  decided: Decisions
}

export type Form = Record<string, string>

/** What an operator, and no invoice, decided. */
export type Decisions = {
  /** The best plan that a subscription was given by a change which asked for nothing at once. */
  plans: Map<string, Tier>
  /** The invoices for which money was taken elsewhere. */
  offStripe: Set<string>
  /** Credit was given. */
  credit: boolean
  /** When the items, the trial or the cycle of a subscription were last changed; Unix seconds. */
  changedAt: Map<string, number>
  /** How many days there are to pay an invoice that is sent, by subscription. */
  sent: Map<string, number>
}

/** A customer who has bought nothing. */
export function newPerson(account: Account, shop: Shop): Person {
  const { store, clock } = account.sandbox
  const actions: string[] = []
  const act: Person['act'] = (method, path, form = {}) => {
    const sent = new URLSearchParams(form).toString()
    const { status, body } = ask(account.sandbox, method, path, sent, `req_${actions.length}`)
    const refused = status === 200 ? '' : ` → ${messageOf(body)}`
    actions.push(`${method} ${path} ${JSON.stringify(form)}${refused}`)
    return status === 200 && 'id' in body ? { id: String(body.id) } : null
  }
  const customer = act('POST', '/v1/customers', { name: 'Ana' })?.id ?? ''
  return {
    account,
    shop,
    random: seeded(0),
    customer,
    actions,
    act,
    subscriptions: () => store.by('subscription', 'customer', customer),
    invoices: () => store.by('invoice', 'customer', customer),
    now: () => clock.now(),
    decided: {
      plans: new Map(),
      offStripe: new Set(),
      credit: false,
      changedAt: new Map(),
      sent: new Map(),
    },
  }
}

function messageOf(body: object): string {
  const { error }: { error?: { message?: string } } = body
  return error?.message ?? 'refused'
}
