import type { Reply } from './command'
import type { Outcome } from './execute'

/**
 * An outcome as JSON. With `Upstash-Encoding: base64` every text is base64, nested ones too, so
 * that it survives JSON; the client leaves integers, nil and the status `OK` as they are.
 */
export function encodeOutcome(outcome: Outcome, base64: boolean): Outcome {
  if ('error' in outcome || !base64 || outcome.result === 'OK') return outcome
  return { result: encode(outcome.result) }
}

// The client decodes every nested text, so a nested `OK` is encoded like any other.
function encode(reply: Reply): Reply {
  if (typeof reply === 'string') return Buffer.from(reply).toString('base64')
  return Array.isArray(reply) ? reply.map(encode) : reply
}
