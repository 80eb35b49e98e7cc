import type { Endpoint } from './endpoint'
import type { FormTree } from './form'

// The version since which the endpoints below refuse `payment_method_types`.
const REFUSED_SINCE = '2026-09-30'
const TOOK_TYPES =
  /^POST \/v1\/(payment_intents|payment_intents\/:id|payment_intents\/:id\/confirm|setup_intents|setup_intents\/:id|checkout\/sessions)$/

/**
 * What is sent by somebody who names an older version, or none, as the recipes of the Stripe CLI
 * do: it goes without what Stripe took until then, and means the same.
 */
export function withoutRemoved(
  { method, path }: Endpoint,
  sent: FormTree,
  version: string | undefined,
): FormTree {
  if (version !== undefined && version >= REFUSED_SINCE) return sent
  if (sent.payment_method_types === undefined || !TOOK_TYPES.test(`${method} ${path}`)) return sent
  const { payment_method_types: _types, ...rest } = sent
  if (!/intents$/.test(path) || rest.automatic_payment_methods !== undefined) return rest
  // Who named the types by themselves wanted none that leads to another page.
  return { ...rest, automatic_payment_methods: { enabled: 'true', allow_redirects: 'never' } }
}
