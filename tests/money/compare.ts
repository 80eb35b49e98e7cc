import type { SubscriptionRow } from '@/db/queries/claim'
import type { AccessPolicy } from '@/lib/catalog/access-policy'
import { accessOf, allowedUntil } from '@/lib/entitlements/access'
import { grantedTier } from '@/lib/entitlements/governing'
import { type Allowed, allowedBy } from './accountant/allowed'
import type { Records } from './accountant/records'
import type { Tier } from './accountant/tier'
import { type Kept, shownAt } from './app'
import { unearned, withheld } from './bounds'
import type { Decisions } from './person'

export type Said = { kept: Kept; records: Records[]; policy: AccessPolicy; decided: Decisions }

const TIERS: readonly Tier[] = ['free', 'pro', 'studio']

/** Where the application differs from the accountant, gives what nothing came for, or takes what was paid; in words. */
export function differences({ kept, records, policy, decided }: Said, now: number): string[] {
  const paid = records.some(({ invoices, received }) => invoices.some(({ id }) => received(id) > 0))
  const found = records.flatMap((of) => {
    const { id } = of.subscription
    const row = kept.rows.find((each) => each.id === id)
    if (!row) return [`${id} is not kept`]
    const app = decidedBy(row, now, policy)
    const tier = app?.tier ?? 'free'
    const wrong = [
      unlike(id, app, allowedBy(of, now, policy)),
      withheld(of, tier, now, decided),
      app && unearned(of, tier, now, policy, decided, paid || decided.credit),
    ]
    return wrong.flatMap((what) => what ?? [])
  })
  if (kept.unknownPrice) found.push(`${kept.unknownPrice} is said to be unknown`)
  return found
}

/** Whether a page shows at an instant what the accountant says for then, though no process read Stripe since. */
export function misshown({ kept, records, policy }: Said, at: number): string[] {
  const shown = shownAt(kept, at, policy)
  const ranks = records.map((each) => TIERS.indexOf(allowedBy(each, at, policy)?.tier ?? 'free'))
  const due = TIERS[Math.max(0, ...ranks)] ?? 'free'
  return shown === due ? [] : [`at ${day(at)} pages would show ${shown}, and not ${due}`]
}

function decidedBy(row: SubscriptionRow, now: number, policy: AccessPolicy): Allowed | null {
  // The shop sells these alone, whatever else the catalog has.
  const tier = TIERS.find((known) => known === grantedTier(row))
  const access = accessOf(row, new Date(now * 1000), policy)
  if (!tier || tier === 'free' || access === 'none') return null
  const until = allowedUntil(row, policy)
  return { tier, until: until === 'open_end' ? Number.POSITIVE_INFINITY : Number(until) / 1000 }
}

function unlike(id: string, app: Allowed | null, due: Allowed | null): string | null {
  const same = app && due && app.tier === due.tier && Math.abs(app.until - due.until) <= 1
  if (same || app === due) return null
  return `${id}: the application allows ${words(app)}, and the money ${words(due)}`
}

function words(allowed: Allowed | null): string {
  return allowed ? `${allowed.tier} until ${day(allowed.until)}` : 'nothing'
}

function day(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : 'no day'
}
