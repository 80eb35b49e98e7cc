import { cookies } from 'next/headers'
import { z } from 'zod'
import { env } from '@/lib/env'
import { cookieName } from './cookie-names'
import { PROVIDERS } from './sign-in-methods'

/** The page that says that the visitor's address has an account, and how to sign in to it. */
export const SECOND_ACCOUNT_PATH = '/sign-in?error=SecondAccount'

export type SecondAccount = z.infer<typeof SecondAccount>

const SecondAccount = z.object({
  /** The site that was tried. */
  provider: z.enum(PROVIDERS),
  /** What it says the user's address is: it has verified it, so its owner may read what follows. */
  email: z.string(),
  /** What does sign in to the account of that address. */
  methods: z.array(z.enum(['email', ...PROVIDERS])),
})

/** Carries it to the sign-in page: an address has no place in a URL, where logs and histories keep it. */
export function secondAccountCookie(given: { provider: string; email: string; methods: string[] }) {
  return {
    name: cookieName('second_account'),
    value: JSON.stringify(given),
    httpOnly: true,
    secure: env().appUrl.startsWith('https:'),
    sameSite: 'lax' as const,
    // The prefix asks for it.
    path: '/',
    // Seconds: for as long as a sign-in may take.
    maxAge: 900,
  }
}

/** What the last try ran into; null when it is long ago, or the cookie is not one of ours. */
export async function readSecondAccount(): Promise<SecondAccount | null> {
  const value = (await cookies()).get(cookieName('second_account'))?.value
  if (!value) return null
  try {
    return SecondAccount.parse(JSON.parse(value))
  } catch {
    return null
  }
}
