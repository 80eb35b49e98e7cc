/** The pages that the console's menu leads to, in its order. */
export const PLACES = [
  { place: 'customers', href: '/console', label: 'Customers' },
  { place: 'events', href: '/console/events', label: 'Events' },
  { place: 'stuck', href: '/console/stuck', label: 'Stuck' },
  { place: 'operators', href: '/console/operators', label: 'Operators' },
] as const

export type Place = (typeof PLACES)[number]['place']
