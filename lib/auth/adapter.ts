import { DrizzleAdapter } from '@auth/drizzle-adapter'
import type { NextAuthConfig } from 'next-auth'
import { db } from '@/db/client'
import { insertSession, insertSignInToken, takeSignInToken } from '@/db/queries/sign-ins'
import { accounts, sessions, users, verificationTokens } from '@/db/schema/auth'

type Adapter = NonNullable<NextAuthConfig['adapter']>

/** Where next-auth keeps people: Drizzle's adapter, and our own rules for links and sessions. */
export function authAdapter(): Adapter {
  return {
    ...DrizzleAdapter(db(), {
      usersTable: users,
      accountsTable: accounts,
      sessionsTable: sessions,
      verificationTokensTable: verificationTokens,
    }),
    createVerificationToken: insertSignInToken,
    useVerificationToken: ({ identifier, token }) => takeSignInToken(identifier, token),
    createSession: insertSession,
  }
}
