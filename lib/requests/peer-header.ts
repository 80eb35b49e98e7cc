import { randomBytes } from 'node:crypto'

/**
 * The header in which this process writes down the other end of a request's own socket. Drawn at each
 * start, so that no client can send it: where it is missing, nothing was written.
 */
export function peerHeader(): string {
  shared.ledgerlinePeerHeader ??= `x-peer-${randomBytes(16).toString('hex')}`
  return shared.ledgerlinePeerHeader
}

// Next bundles what runs at the start apart from the pages, and each has modules of its own. The cast
// names one property of ours on the global object.
const shared = globalThis as typeof globalThis & { ledgerlinePeerHeader?: string }
