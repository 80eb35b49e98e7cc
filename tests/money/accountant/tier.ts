/** The plans of the shop; none of them is `free`. */
export type Tier = 'free' | 'pro' | 'studio'
