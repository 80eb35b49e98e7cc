import Google, { type GoogleProfile } from 'next-auth/providers/google'
import { normalizeEmail } from './email-address'

/** Google, with the address only if Google has verified it, and spelt as a magic link would spell it. */
export function google(client: { clientId: string; clientSecret: string }) {
  return Google({ ...client, checks: ['pkce', 'state'], profile: readProfile })
}

function readProfile({ sub, name, email, email_verified: verified, picture }: GoogleProfile) {
  return { id: sub, name, email: verified ? normalizeEmail(email) : null, image: picture }
}
