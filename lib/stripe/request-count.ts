/** Counts the calls of the SDK that this process made, by how they ended. */
export function countRequest(ended: 'ok' | 'refused' | 'away'): void {
  counts()[ended] += 1
}

/** How many there were since the process began. */
export function requestCounts(): Readonly<Record<'ok' | 'refused' | 'away', number>> {
  return { ...counts() }
}

// Next bundles this file once for pages and once for routes, and both call Stripe.
function counts() {
  shared.ledgerlineStripeRequests ??= { ok: 0, refused: 0, away: 0 }
  return shared.ledgerlineStripeRequests
}

// The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & {
  ledgerlineStripeRequests?: Record<'ok' | 'refused' | 'away', number>
}
