import Stripe from 'stripe'
import { Unavailable } from '@/lib/errors'
import { readEnvelope, type VerifiedEvent } from './envelope'
import { refuseSignature, TOLERANCE_SECONDS } from './signature'

/** Not signed by Stripe, or not now. The message and the advice are for the log; the sender learns nothing. */
export class InvalidSignature extends Error {
  override readonly name = 'InvalidSignature'
  /** What to look at, if Stripe has sent it after all. */
  readonly advice: string = /^signed /.test(this.message)
    ? 'If Stripe sent it, the clock of this server is wrong, or something held the delivery back.'
    : 'If Stripe sent it, STRIPE_WEBHOOK_SECRET is not the secret of its endpoint.'
}

/** Signed by Stripe, and not an event of the kind that we take. */
export class InvalidPayload extends Error {
  override readonly name = 'InvalidPayload'
  constructor(
    message: string,
    /** What to change so that the next one is taken. */
    readonly advice: string = 'It is rightly signed: look at who else signs with this endpoint’s secret.',
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
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
    throw new Unavailable({
      internal: 'No webhook signing secret is set: give STRIPE_WEBHOOK_SECRET its value.',
    })
  }
  const refusal = refuseSignature(rawBody, header, secrets, now)
  if (refusal !== null || header === null) throw new InvalidSignature(refusal ?? 'no header')
  const text = decode(rawBody)
  agreeWithStripe(text, header, secrets, now)
  return read(text)
}

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new InvalidPayload('the body is not UTF-8')
  }
}

// `ignoreBOM` keeps the mark in the text, where JSON refuses it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

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
    if (isThin(text)) throw new InvalidPayload('the body is a thin event (v2)', SEND_SNAPSHOTS)
    throw new InvalidPayload('the body is not a snapshot event', undefined, { cause: error })
  }
}

const SEND_SNAPSHOTS =
  'It is rightly signed. Its event destination at Stripe has the payload style Thin; we take Snapshot. Make one with that style (`npm run stripe:push` does), give its secret to STRIPE_WEBHOOK_SECRET, and remove the thin one.'

// A thin event says what happened to what, and carries no object; it names itself in Stripe's second version.
function isThin(text: string): boolean {
  try {
    const event: unknown = JSON.parse(text)
    const { object }: { object?: unknown } = Object(event)
    return typeof object === 'string' && object.startsWith('v2.')
  } catch {
    return false
  }
}
