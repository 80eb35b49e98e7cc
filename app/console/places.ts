/** The pages that the console's menu leads to, in its order. */
export const PLACES = [
  { place: 'customers', href: '/console', label: 'Customers' },
  { place: 'revenue', href: '/console/revenue', label: 'Revenue' },
  { place: 'events', href: '/console/events', label: 'Events' },
  { place: 'stuck', href: '/console/stuck', label: 'Stuck' },
  { place: 'drift', href: '/console/drift', label: 'Drift' },
  { place: 'outbox', href: '/console/outbox', label: 'Outbox' },
  { place: 'audit', href: '/console/audit', label: 'Audit' },
  { place: 'health', href: '/console/health', label: 'Health' },
  { place: 'operators', href: '/console/operators', label: 'Operators' },
] as const

export type Place = (typeof PLACES)[number]['place']
