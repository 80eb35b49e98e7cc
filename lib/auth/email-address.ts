import { Invalid } from '@/lib/errors'

/**
 * The one spelling of an email address that an account hangs on.
 * Plain ASCII only: a look-alike letter or a quoted local part has sent links to attackers
 * elsewhere (GHSA-5jpx-9hw9-2fx4).
 * @throws {Invalid} on the field `email`
 */
export function normalizeEmail(value: string): string {
  // First the compatibility forms, so that a full-width @ becomes the @ that is then counted.
  const address = value.normalize('NFKC').trim().toLowerCase()
  if (!isEmailAddress(address)) {
    // An address in other letters is refused for its letters, and not as a typo.
    const reason = isEmailAddress(inPlainLetters(address)) ? 'email_letters' : 'email_malformed'
    throw new Invalid(reason, { email: 'Give an address such as ada@example.com.' })
  }
  return address
}

/** Whether a text is an address in just that spelling. */
export function isEmailAddress(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 254) return false
  return ADDRESS.test(value) && !/^\.|\.\.|\.@/.test(value)
}

function inPlainLetters(address: string): string {
  return address.replace(/\P{ASCII}/gu, 'x')
}

// Leaves out what RFC 5321 allows and no real address has: quotes, and ! and %, which once routed mail on.
const ADDRESS =
  /^[a-z0-9.#$&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/
