import Stripe from 'stripe'
import { Unavailable } from '@/lib/errors'
import { readEnvelope, type VerifiedEvent } from './envelope'
import { refuseSignature, TOLERANCE_SECONDS } from './signature'

/** Not signed by Stripe, or not now. The message is for the log; the sender learns nothing. */
export class InvalidSignature extends Error {
  override readonly name = 'InvalidSignature'
}

/** Signed by Stripe, and not an event of the kind that we take. */
export class InvalidPayload extends Error {
  override readonly name = 'InvalidPayload'
}

/**
 * Proves that a request came from Stripe within the last five minutes, and reads its envelope.
 * The raw bytes are what is signed: a parsed and rewritten body never passes.
 * @throws {InvalidSignature | InvalidPayload}
 * @throws {Unavailable} there is no secret to check against
 */
export function verifyWebhook(
  rawBody: Uint8Array,
  header: string | null,
  secrets: readonly string[],
  now: Date,
): VerifiedEvent {
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === '')) {
    throw new Unavailable('No webhook signing secret is set: give STRIPE_WEBHOOK_SECRET its value.')
  }
  const refusal = refuseSignature(rawBody, header, secrets, now)
  if (refusal !== null || header === null) throw new InvalidSignature(refusal ?? 'no header')
  const text = decode(rawBody)
  agreeWithStripe(text, header, secrets, now)
  return read(text)
}

function decode(body: Uint8Array): string {
  try {
    // `ignoreBOM` keeps the mark in the text, where JSON refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw new InvalidPayload('the body is not UTF-8')
  }
}

// Two implementations must agree before anything is believed.
function agreeWithStripe(
  text: string,
  header: string,
  secrets: readonly string[],
  now: Date,
): void {
  // Stripe's own check takes an empty body for a missing argument.
  if (text === '') throw new InvalidPayload('the body is empty')
  const agrees = secrets.some((secret) => {
    try {
      return Stripe.webhooks.signature?.verifyHeader(
        text,
        header,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        now.getTime(),
      )
    } catch {
      return false
    }
  })
  if (!agrees) throw new InvalidSignature('the SDK does not accept the signature')
}

function read(text: string): VerifiedEvent {
  try {
    return readEnvelope(text)
  } catch (error) {
    throw new InvalidPayload('the body is not a snapshot event', { cause: error })
  }
}
