import GitHub from 'next-auth/providers/github'
import { z } from 'zod'
import { BRAND } from '@/lib/brand'
import { vouchedEmail } from './vouched-email'

/**
 * GitHub, with the primary address only if GitHub has verified it. An unverified one would let
 * an attacker open an account under another person's address and wait there for its owner.
 */
export function github(client: { clientId: string; clientSecret: string }) {
  return GitHub({
    ...client,
    checks: ['pkce', 'state'],
    userinfo: {
      url: 'https://api.github.com/user',
      request: ({ tokens }: { tokens: { access_token?: string | undefined } }) =>
        readProfile(tokens.access_token ?? ''),
    },
  })
}

async function readProfile(token: string) {
  const [profile, emails] = await Promise.all([
    read('https://api.github.com/user', token).then((body) => Profile.parse(body)),
    read('https://api.github.com/user/emails', token).then((body) => Emails.parse(body)),
  ])
  // Both are booleans there (docs.github.com/rest/users/emails); anything else, such as the text
  // "false", vouches for nothing.
  const primary = emails.find((email) => email.primary === true && email.verified === true)
  return { ...profile, email: primary ? vouchedEmail(primary.email) : null }
}

const Profile = z.looseObject({ id: z.int(), login: z.string() })
const Emails = z.array(z.object({ email: z.string(), primary: z.unknown(), verified: z.unknown() }))

async function read(url: string, token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'user-agent': BRAND.name }
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(8000) })
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${url}.`)
  return response.json()
}
