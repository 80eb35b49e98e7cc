import { env } from '@/lib/env'

/**
 * An address that Stripe gave, where it really leads to Stripe or to the sandbox that plays it; null for
 * any other. It becomes a link on pages and in emails.
 */
export function stripeUrl(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, hostname, origin } = new URL(url)
  const stripe = protocol === 'https:' && hostname.endsWith('.stripe.com')
  return stripe || origin === env().stripe.apiBase?.origin ? url : null
}
