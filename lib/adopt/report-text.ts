import type { Adopted } from './adopt'
import type { Decided, Decision } from './decide'
import type { Former } from './former'
import type { Left } from './whose'

/** What is said of one customer: what would be done or was, why, and the way out. No address is in it. */
export type Line = { customer: string; kind: Decision['kind'] | 'not_taken'; what: string }

/** A line for each customer, in the order of the account. */
export function reportLines({ decided, acted }: Adopted): Line[] {
  return decided.map(({ customer: { id, plans }, decision }) => {
    const given = acted.get(id)
    // Our records moved since they were read.
    if (given && given !== 'done') return { customer: id, kind: 'not_taken', what: LATE }
    const gives = plans.map(({ tier }) => tier ?? 'unknown').join(' and ') || 'no plan'
    return { customer: id, kind: decision.kind, what: `${gives}: ${textOf(decision)}` }
  })
}

const LATE =
  'Someone else was faster, or it was deleted meanwhile. Run this again: it says what became of it.'

const BY = {
  metadata: 'its metadata name it',
  records: 'the former application’s records name its owner',
  address: 'Stripe has its address',
} as const

function textOf(decision: Decision): string {
  switch (decision.kind) {
    case 'done':
      return `belongs to the workspace ${decision.workspaceId} already`
    case 'waiting':
      return 'waits already until the owner of its address signs in'
    case 'workspace':
      return `goes to the workspace ${decision.workspaceId}, because ${BY[decision.by]}`
    case 'address':
      return decision.proven
        ? 'gets a user with its address, which the former application had verified'
        : `waits until someone proves its address by signing in; ${BY[decision.by]}`
    case 'second':
      return `its owner has ${decision.keeps} already, which stays. Cancel and refund the one that is too many, or delete it at Stripe, then run this again`
    case 'ambiguous':
      return `pays, and so do ${decision.with.join(', ')} of the same owner. Cancel those that are too many, or put another workspace_id into their metadata, then run this again`
    case 'unknown_price':
      return `${decision.prices.join(', ')} has no tier: add a lookup key of the catalog or metadata tier to the price or its product, then run this again`
    default:
      return LEFT[decision.why]
  }
}

const LEFT: Record<Left, string> = {
  other_application: 'is left: its metadata are of another application or environment',
  other_mode: 'is left: it is not of the mode of STRIPE_SECRET_KEY',
  no_address: 'is left: it has no address and names no one. Put workspace_id into its metadata',
  bad_address: 'is left: no one can sign in with its address. Put workspace_id into its metadata',
  no_such_workspace: 'is left: its metadata name a workspace that does not exist. Correct them',
  metadata_disagree: 'is left: its metadata name two workspaces. Remove one of them',
  several_owners:
    'is left: the former application’s records name several owners. Put workspace_id of the right one into its metadata',
  erased: 'is left: its user was erased on request',
  deleted: 'is left: it was deleted or given up',
}

// In this order: what has to be done before `--yes` comes first.
const GROUPS: readonly { kinds: readonly Line['kind'][]; title: string; why: string }[] = [
  {
    kinds: ['unknown_price'],
    title: 'with a price that is unknown',
    why: 'left until it is known',
  },
  { kinds: ['ambiguous'], title: 'ambiguous', why: 'left' },
  { kinds: ['second'], title: 'whose owner has another', why: 'left' },
  { kinds: ['not_taken'], title: 'not taken over', why: 'see each' },
  { kinds: ['left'], title: 'left', why: 'see each' },
  { kinds: ['workspace'], title: 'for a workspace', why: 'linked' },
  { kinds: ['address'], title: 'by address', why: 'linked when its owner proves it' },
  { kinds: ['waiting'], title: 'waiting', why: 'as before' },
  { kinds: ['done'], title: 'linked', why: 'as before' },
]

// A terminal holds no hundred thousand lines; `--json` has them all.
const SHOWN = 20

/** The whole report as a person reads it. */
export function reportText(adopted: Adopted, former: Former | null, act: boolean): string[] {
  const lines = reportLines(adopted)
  const groups = GROUPS.flatMap(({ kinds, title, why }) => {
    const members = lines.filter(({ kind }) => kinds.includes(kind))
    if (members.length === 0) return []
    const more = members.length - SHOWN
    return [
      `\n${members.length} ${title} (${why})`,
      ...members.slice(0, SHOWN).map(({ customer, what }) => `  ${customer}  ${what}`),
      ...(more > 0 ? [`  … and ${more} more: --json lists all`] : []),
    ]
  })
  const bad = former?.bad ?? []
  return [
    `${lines.length} customers in the account. ${plansText(adopted.decided)}`,
    ...groups,
    ...(bad.length > 0
      ? [
          `\n${bad.length} rows of the former application were left out`,
          ...bad.slice(0, SHOWN).map(({ table, id, why }) => `  ${table} ${id} ${why}`),
        ]
      : []),
    act ? '\nDone; the audit trail has each.' : '\nNothing was written. --yes does it.',
  ]
}

function plansText(decided: Decided[]): string {
  const count = new Map<string, number>()
  for (const { customer } of decided)
    for (const { tier } of customer.plans)
      count.set(tier ?? 'an unknown price', (count.get(tier ?? 'an unknown price') ?? 0) + 1)
  const parts = [...count].map(([tier, n]) => `${n} with ${tier}`)
  return parts.length > 0 ? `Living subscriptions: ${parts.join(', ')}.` : 'No subscription lives.'
}
