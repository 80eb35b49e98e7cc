/** For how many days a key can be made; null: until it is revoked. */
export const LIFETIMES = [30, 90, 365, null] as const

export type Lifetime = (typeof LIFETIMES)[number]
