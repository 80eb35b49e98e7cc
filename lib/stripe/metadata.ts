import { BRAND } from '@/lib/brand'

/** `metadata.app` of everything that this application makes at Stripe: how it tells its own from a stranger's. */
export const APP = BRAND.stripe.app
