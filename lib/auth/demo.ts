import type { Choice } from '@/lib/catalog/parse-choice'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'

/** What happened to a demo user's plan since it was bought, by what the sign-in page says of it. */
export const DEMO_EVENTS = {
  trial: 'on trial, without a card',
  declined: 'payment failed',
  debit: 'bank debit under way',
  confirm: 'payment to confirm',
  canceling: 'ends at renewal',
  smaller: 'smaller plan at renewal',
  held: 'payments on hold',
  paused: 'paused after its trial',
  ended: 'plan ended',
} as const

export type DemoEvent = keyof typeof DEMO_EVENTS

export type DemoUser = {
  name: string
  email: string
  /** What they have when the demo begins; null for a user who never bought. */
  plan: Choice | null
  /** Null: the plan is paid and goes on. */
  since: DemoEvent | null
  /** May open the console. */
  operator?: true
}

const SMALL: Choice = { tier: ENTRY_PLAN.tier, interval: 'month' }
const LARGE: Choice = { tier: TOP_PLAN.tier, interval: 'year' }

/** The users of a development installation from the start: one click signs each of them in. */
export const DEMO_USERS: readonly DemoUser[] = [
  { name: 'Ada Palmer', email: 'ada@demo.test', plan: null, since: null },
  { name: 'Bruno Costa', email: 'bruno@demo.test', plan: SMALL, since: null },
  { name: 'Chidi Okafor', email: 'chidi@demo.test', plan: LARGE, since: null },
  { name: 'Dana Levi', email: 'dana@demo.test', plan: SMALL, since: 'trial' },
  { name: 'Emeka Obi', email: 'emeka@demo.test', plan: SMALL, since: 'declined' },
  { name: 'Freya Lund', email: 'freya@demo.test', plan: LARGE, since: 'debit' },
  { name: 'Goran Vidal', email: 'goran@demo.test', plan: SMALL, since: 'confirm' },
  { name: 'Hana Sato', email: 'hana@demo.test', plan: SMALL, since: 'canceling' },
  { name: 'Ines Moreau', email: 'ines@demo.test', plan: LARGE, since: 'smaller' },
  { name: 'Jonas Weber', email: 'jonas@demo.test', plan: SMALL, since: 'held' },
  { name: 'Keiko Mori', email: 'keiko@demo.test', plan: SMALL, since: 'paused' },
  { name: 'Liam Byrne', email: 'liam@demo.test', plan: SMALL, since: 'ended' },
  { name: 'Mona Adler', email: 'mona@demo.test', plan: null, since: null, operator: true },
]
