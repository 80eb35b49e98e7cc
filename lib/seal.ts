import { createHmac, timingSafeEqual } from 'node:crypto'

type Binding = {
  /** What it is for: a text that was sealed for something else is not opened. */
  purpose: string
  secret: string
  /** Whose it is: another's is not opened. */
  owner: string
  /** Milliseconds of real time. */
  now: number
}

// Another process may open what this one sealed, by a clock of its own.
const SKEW_MS = 5_000

/** A text for a form or an address that only this application can have written. It is signed, and can be read. */
export function seal(value: unknown, binding: Binding): string {
  const body = Buffer.from(JSON.stringify({ value, at: binding.now })).toString('base64url')
  return `${body}.${macOf(body, binding).toString('base64url')}`
}

/** What was sealed for this purpose and owner, at most so long ago; null otherwise. The reader checks its shape. */
export function unseal(text: string, binding: Binding, maxAgeMs: number): unknown {
  const [body = '', mac = ''] = text.split('.')
  const [own, given] = [macOf(body, binding), Buffer.from(mac, 'base64url')]
  if (own.length !== given.length || !timingSafeEqual(own, given)) return null
  const { value, at }: { value: unknown; at: number } = JSON.parse(
    Buffer.from(body, 'base64url').toString(),
  )
  const age = binding.now - at
  return age >= -SKEW_MS && age <= maxAgeMs ? value : null
}

// The words keep it from being the signature of anything else that the secret signs.
function macOf(body: string, { purpose, secret, owner }: Binding): Buffer {
  return createHmac('sha256', `ledgerline ${purpose} ${secret}`).update(`${body} ${owner}`).digest()
}
