import { isLoopback } from '@/lib/env-hosts'

/**
 * Where Stripe should post; null where it cannot: it refuses an address that is not public and https, while
 * a sandbox calls this machine.
 */
export function reachableWebhook(
  { appUrl, stripe }: { appUrl: string; stripe: { apiBase: URL | null } },
  url = `${appUrl}/api/webhooks/stripe`,
): string | null {
  const { protocol, hostname } = new URL(url)
  const open = protocol === 'https:' && !isLoopback(hostname) && hostname !== '0.0.0.0'
  return stripe.apiBase || open ? url : null
}
