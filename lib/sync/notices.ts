import type { Change, Fact } from '@/db/queries/ledger'
import { NOTICES } from '@/lib/events/handlers'

/** `effects.kind` of somebody to be told about a fact. */
export const NOTICE = 'notice'

/**
 * Who is to be told about these facts. The key is the fact's own, so that a fact is told once,
 * however many events and reads bring it up. What it says is written when it goes out, from what is
 * true then.
 */
export function noticesOf(facts: readonly Fact[]): Change['effects'] {
  return facts.flatMap(({ key, kind, objectId, customerId }) => {
    const audience = NOTICES.get(kind)
    if (!audience) return []
    return [{ key: `notice:${key}`, kind: NOTICE, payload: { kind, objectId, customerId } }]
  })
}
