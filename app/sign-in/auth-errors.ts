const TAKEN = 'That e-mail address already has an account here. Sign in the way you did before.'
const LATER = 'Signing in does not work right now. Try again in a moment.'

// next-auth's words for what went wrong (its `error` query), and our own, as a person reads them.
const SENTENCES: Record<string, string> = {
  Verification: 'That link has been used or is too old. Ask for a new one below.',
  AccessDenied: 'Links by e-mail are turned off for that account. Sign in another way.',
  EmailNotVerified:
    'That site has not verified your e-mail address. Verify it there and try again, or ask for a link.',
  SecondAccount: TAKEN,
  OAuthAccountNotLinked: TAKEN,
  OAuthCallbackError: 'The other site did not complete the sign-in. Try again.',
  Configuration: LATER,
  unavailable: LATER,
  not_found: 'That way of signing in is not set up here. Choose another.',
}

/** A sentence for a sign-in that failed; null when the code is one of every form's. */
export function authErrorSentence(code: unknown): string | null {
  return typeof code === 'string' && Object.hasOwn(SENTENCES, code)
    ? (SENTENCES[code] ?? null)
    : null
}
