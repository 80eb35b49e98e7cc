import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { expireCheckoutSession, listOpenCheckoutSessions } from '@/lib/stripe/checkout-sessions'

/** Expires every Checkout page on which a customer could still pay. */
export async function closeCheckouts(id: CustomerId): Promise<void> {
  for (const session of await openSessions(id)) await expireCheckoutSession(session.id)
}

async function openSessions(id: CustomerId) {
  try {
    return await listOpenCheckoutSessions(id)
  } catch (error) {
    if (error instanceof NotFound) return []
    throw error
  }
}
