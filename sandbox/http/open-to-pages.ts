import type { IncomingMessage } from 'node:http'
import { targetOf } from './target'

// What a page may ask by itself, with the publishable key and the secret of one intent.
const OPEN: readonly (readonly [method: string, path: RegExp])[] = [
  ['POST', /^\/v1\/payment_methods$/],
  ['GET', /^\/v1\/(setup|payment)_intents\/[^/]+$/],
  ['POST', /^\/v1\/(setup|payment)_intents\/[^/]+\/confirm$/],
]

/** Whether pages of any site may ask this. A browser asks first whether it may, with OPTIONS. */
export function isOpen(request: IncomingMessage): boolean {
  const { path } = targetOf(request)
  const asked = request.headers['access-control-request-method']
  const method = request.method === 'OPTIONS' ? asked : request.method
  return OPEN.some(([known, pattern]) => known === method && pattern.test(path))
}
