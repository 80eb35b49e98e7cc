/** The pages that the console's menu leads to, in its order. */
export const PLACES = [
  { place: 'customers', href: '/console', label: 'Customers' },
  { place: 'operators', href: '/console/operators', label: 'Operators' },
] as const

export type Place = (typeof PLACES)[number]['place']
