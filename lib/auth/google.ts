import Google, { type GoogleProfile } from 'next-auth/providers/google'
import { vouchedEmail } from './vouched-email'

/** Google, with the address only if Google has verified it, and spelled as a magic link would spell it. */
export function google(client: { clientId: string; clientSecret: string }) {
  return Google({ ...client, checks: ['pkce', 'state'], profile: readGoogleProfile })
}

/** The user that an ID token of Google's names. */
function readGoogleProfile({ sub, name, email, email_verified: verified }: GoogleProfile) {
  // A boolean in the ID token (developers.google.com/identity/openid-connect/openid-connect). The
  // type cannot hold Google to it, and the text "false" would count as true.
  const isVerified: unknown = verified
  return { id: sub, name, email: isVerified === true ? vouchedEmail(email) : null }
}
