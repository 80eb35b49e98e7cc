/**
 * Fields that an object has only when they are expanded. The types say no more of them than that
 * they may be absent, so they are named here.
 */
const ONLY_EXPANDED: Record<string, readonly string[]> = {
  charge: ['refunds'],
  'checkout.session': ['line_items'],
  coupon: ['applies_to', 'currency_options'],
  customer: ['cash_balance', 'sources', 'subscriptions', 'tax', 'tax_ids'],
  invoice: ['confirmation_secret', 'payments'],
  price: ['currency_options', 'tiers'],
  plan: ['tiers'],
}

/** The fields at any depth that the request did not ask for, with their paths. */
export function shownUnasked(value: unknown, expanded: readonly string[], at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => shownUnasked(entry, expanded, at))
  if (typeof value !== 'object' || value === null) return []
  const kind = 'object' in value ? String(value.object) : ''
  return Object.entries(value).flatMap(([name, entry]) => {
    const path = at === '' ? name : `${at}.${name}`
    const hidden = ONLY_EXPANDED[kind]?.includes(name) === true
    const asked = expanded.some((other) => other === path || other.startsWith(`${path}.`))
    return [
      ...(hidden && !asked
        ? [`${kind} ${path}: shown although the request did not ask for it`]
        : []),
      ...shownUnasked(entry, expanded, path),
    ]
  })
}
