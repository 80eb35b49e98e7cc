/** The key of an email that an operator sends again, as it stood when they looked. */
export function keyOfAgain(key: string, seen: number): string {
  return `${originOf(key)}${AGAIN}${seen}`
}

/** The key of the email that was sent first: one that was sent again has the same cause. */
export function originOf(key: string): string {
  const [origin = key] = key.split(AGAIN)
  return origin
}

// No key of a notification has it: those are Stripe's ids, our ids and instants.
const AGAIN = ':again:'
