import { ALIASES } from '@/lib/env-aliases'
import { PRICE_VARIABLES } from '@/lib/env-prices'

/**
 * What a developer's own .env files may hold and a test must not see. Next keeps a variable that
 * is set, even to nothing, and the app takes a blank one for a missing one.
 */
export const BLANK: Record<string, string> = Object.fromEntries(
  [
    ...['ADMIN_EMAILS', 'EMAIL_SERVER', 'EMAIL_FROM', 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY'],
    ...['STRIPE_CHECKOUT_UI', 'DATABASE_SCHEMA'],
    ...['AUTH_URL', 'AUTH_GITHUB_ID', 'AUTH_GITHUB_SECRET', 'AUTH_GOOGLE_ID', 'AUTH_GOOGLE_SECRET'],
    ...PRICE_VARIABLES,
    ...Object.values(ALIASES).flat(),
  ].map((name) => [name, '']),
)
