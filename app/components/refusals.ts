import type { BillingErrorCode, Gone } from '@/lib/errors'

export type Query = Record<string, string | string[] | undefined>
export type RefusalCode = BillingErrorCode | Gone['what'] | 'internal' | 'origin'

type Sentence = { title: string; advice: string }

/** Every refusal as a person reads it: what happened, then what to do. Nothing was charged in any of them. */
export const REFUSALS: Record<RefusalCode, Sentence> = {
  unauthenticated: { title: 'You are not signed in.', advice: 'Sign in and try again.' },
  forbidden: {
    title: 'Your account may not do this.',
    advice: 'Ask an owner of the account to do it for you.',
  },
  origin: {
    title: 'This page was opened at another address.',
    advice: 'Nothing was changed. Open the app at its own address and try again.',
  },
  not_found: {
    title: 'There is no billing account yet.',
    advice: 'It is made with your first upgrade. Choose a plan to begin.',
  },
  customer_deleted: {
    title: 'Your billing account was deleted at Stripe.',
    advice:
      'What it paid for has ended with it, and nothing more is charged. Choose a plan to begin anew.',
  },
  customer_missing: {
    title: 'Stripe does not have your billing account.',
    advice:
      'Nothing was charged, and your plan stays as it is. Whoever runs this app has been told and has to look.',
  },
  conflict: {
    title: 'Your plan has changed in the meantime.',
    advice: 'Nothing was charged. Look at your plan below before you try again.',
  },
  invalid: {
    title: 'That is not something this form can send.',
    advice: 'Nothing was changed. Check what you entered and try again.',
  },
  rate_limited: {
    title: 'That was many tries in a short time.',
    advice: 'Nothing was charged. Wait a minute, then try again.',
  },
  payment_required: {
    title: 'Your bank did not accept the payment.',
    advice: 'You were not charged. Try again, or use another card.',
  },
  unavailable: {
    title: 'We could not reach Stripe just now.',
    advice: 'Nothing was charged or changed. Try again in a moment.',
  },
  internal: {
    title: 'Something went wrong on our side.',
    advice: 'Nothing was charged. Try again; if it stays, tell us the reference.',
  },
}

/**
 * Reads `?error=code&ref=…&wait=…`; a code that is not ours is answered as `internal`, a reference must
 * look like one. Of what was tried too often it says when to come back.
 */
export function readRefusal(query: Query): (Sentence & { code: RefusalCode; ref?: string }) | null {
  const given = query.error
  if (given === undefined) return null
  const code = isCode(given) ? given : 'internal'
  const ref = typeof query.ref === 'string' && /^[0-9a-f]{8}$/.test(query.ref) ? query.ref : null
  const { title, advice } = REFUSALS[code]
  const wait = code === 'rate_limited' ? waitText(query.wait) : null
  return {
    code,
    title,
    advice: wait ? `Nothing was charged. Try again in ${wait}.` : advice,
    ...(ref ? { ref } : {}),
  }
}

// Seconds up to a day: no limit of ours is longer, and the address is anybody's to write.
function waitText(value: unknown): string | null {
  const seconds = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (seconds < 1 || seconds > 86_400) return null
  if (seconds < 60) return counted(seconds, 'second')
  // Rounded up, so that whoever waits that long is let through.
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120 ? counted(minutes, 'minute') : counted(Math.ceil(minutes / 60), 'hour')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function isCode(value: unknown): value is RefusalCode {
  return typeof value === 'string' && Object.hasOwn(REFUSALS, value)
}
