import type { AuditRow } from '@/db/queries/audit'

/** What moved, in few words: `plan free › pro`. The fonts have no arrow. */
export function chipsOf({ before, after }: Pick<AuditRow, 'before' | 'after'>): string[] {
  const [left, right] = [flat(before), flat(after)]
  return SHOWN.flatMap(([field, word]) => {
    // Of what is new everything moved; what it brought is the news.
    if (left[field] === undefined && !field.startsWith('entitlement.')) return []
    if (!Object.hasOwn(right, field)) return []
    const [from, to] = [textOf(left[field]), textOf(right[field])]
    return from === to ? [] : [`${word} ${from} › ${to}`]
  })
}

const SHOWN = [
  ['status', 'status'],
  ['tier', 'price for'],
  ['quantity', 'quantity'],
  ['payment', 'payment'],
  ['entitlement.tier', 'plan'],
  ['entitlement.access', 'access'],
] as const

// What a subscription did to access stands beside it (`lib/sync/converge.ts`), or is all there is.
function flat(values: Record<string, unknown> | null): Record<string, unknown> {
  if (!values) return {}
  const { entitlement } = values
  const access = isValues(entitlement) ? entitlement : 'earnedTier' in values ? values : {}
  const named = Object.entries(access).map(([key, value]) => [`entitlement.${key}`, value])
  return { ...(access === values ? {} : values), ...Object.fromEntries(named) }
}

function isValues(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
