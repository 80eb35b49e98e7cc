// next-auth's words for what went wrong (its `error` query) as a person reads them.
const SENTENCES: Record<string, string> = {
  Verification: 'That link has been used or is too old. Ask for a new one below.',
  AccessDenied: 'That account may not sign in here.',
  OAuthAccountNotLinked:
    'This e-mail address already signs in another way. Use the way you used before.',
  OAuthCallbackError: 'The other site did not complete the sign-in. Try again.',
  Configuration: 'Signing in is not set up correctly on our side. Try again later.',
}

/** A sentence for an error that next-auth put in the address; null when it is not one of its. */
export function authErrorSentence(code: unknown): string | null {
  return typeof code === 'string' && Object.hasOwn(SENTENCES, code)
    ? (SENTENCES[code] ?? null)
    : null
}
