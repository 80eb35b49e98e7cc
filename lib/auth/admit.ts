import { cookies } from 'next/headers'
import type { NextAuthConfig } from 'next-auth'
import { listAccounts } from '@/db/queries/accounts'
import { findUserByEmail } from '@/db/queries/users'
import { openAccount } from './open-account'
import { SECOND_ACCOUNT_PATH, secondAccountCookie } from './second-account'
import { openMethods } from './sign-in-methods'

type SignIn = NonNullable<NonNullable<NextAuthConfig['callbacks']>['signIn']>

/**
 * Whether next-auth may go on with a sign-in: false, or the path of the page that says why not.
 * A user who comes from GitHub or Google for the first time gets their account here, before
 * next-auth looks for one.
 */
export const admit: SignIn = async ({ user, account }) => {
  if (!account) return false
  if (account.type === 'email') return linksAreOpen(user.email ?? '')
  const { provider, providerAccountId } = account
  const opened = await openAccount({
    provider,
    providerAccountId,
    email: user.email ?? null,
    name: plainName(user.name),
  })
  if (opened.kind === 'open') return true
  if (opened.kind === 'unverified') return `/sign-in?error=EmailNotVerified&provider=${provider}`
  const { email, methods } = opened
  const { name, value, ...options } = secondAccountCookie({ provider, email, methods })
  ;(await cookies()).set(name, value, options)
  return SECOND_ACCOUNT_PATH
}

async function linksAreOpen(email: string): Promise<boolean> {
  const user = await findUserByEmail(email)
  return !user || openMethods(user, await listAccounts(user.id)).includes('email')
}

// GitHub or Google gives it: Postgres has no text for some of what JSON can say.
function plainName(value: unknown): string | null {
  if (typeof value !== 'string') return null
  return value.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 200) || null
}
