import type { NextAuthConfig } from 'next-auth'
import { findUserByAccount } from '@/db/queries/accounts'
import {
  deleteSession,
  findSession,
  insertSession,
  prolongSession,
  type Session,
} from '@/db/queries/sessions'
import { insertSignInToken, takeSignInToken } from '@/db/queries/sign-ins'
import { findUser, findUserByEmail } from '@/db/queries/users'
import { settleClaims } from '@/lib/customers/settle-claims'
import { appointAtSignIn } from '@/lib/operators/appoint-at-sign-in'
import { isEmailAddress } from './email-address'
import { openByEmail } from './open-by-email'
import { proveAddress } from './prove-address'
import { updateDetails } from './update-details'

type Adapter = NonNullable<NextAuthConfig['adapter']>

/**
 * Where next-auth keeps users and sessions. Users who come from GitHub or Google are made before it
 * looks (`admit.ts`), so it never has a reason to link an account, and could not.
 */
export function authAdapter(): Adapter {
  return {
    createUser: ({ email }) => openByEmail(email),
    getUser: findUser,
    getUserByEmail: findUserByEmail,
    getUserByAccount: findUserByAccount,
    updateUser,
    linkAccount: () => {
      throw new Error('Accounts are not linked here.')
    },
    createSession,
    getSessionAndUser: findSession,
    updateSession: ({ sessionToken, expires }) =>
      expires ? prolongSession(sessionToken, expires) : null,
    deleteSession,
    createVerificationToken: insertSignInToken,
    // What a link says is whatever its sender wrote: Postgres has no text for some of it.
    useVerificationToken: ({ identifier, token }) =>
      isEmailAddress(identifier) ? takeSignInToken(identifier, token) : null,
  }
}

// By now the address is proven, where this sign-in or an earlier one proved it.
async function createSession(session: Session): Promise<Session> {
  await appointAtSignIn(session.userId)
  await settleClaims(session.userId)
  return insertSession(session)
}

// next-auth records through this that a link has reached the address; a change of address or name
// goes the same way.
const updateUser: NonNullable<Adapter['updateUser']> = async ({
  id,
  email,
  name,
  emailVerified,
}) => {
  await updateDetails({ id, ...(email && { email }), ...(name !== undefined && { name }) })
  const user = emailVerified ? await proveAddress(id, emailVerified) : await findUser(id)
  if (!user) throw new Error('The user was removed while signing in.')
  return user
}
