import { BRAND } from '@/lib/brand'

/** `metadata.app` of everything that this application makes at Stripe: how it distinguishes its own from others'. */
export const APP = BRAND.stripe.app
