import { inTransaction } from '@/db/client'
import {
  findUserByAccount,
  insertAccount,
  listAccounts,
  type ProviderIdentity,
} from '@/db/queries/accounts'
import { findUserByEmail } from '@/db/queries/users'
import { userActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { openPersonal } from '@/lib/workspaces/open-personal'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { openMethods, type SignInMethod } from './sign-in-methods'

/** The identity that GitHub or Google vouches for; `email` is null when the site has not verified one. */
export type Vouched = ProviderIdentity & { email: string | null; name: string | null }

export type Opened =
  | { kind: 'open' }
  | { kind: 'unverified' }
  /** The address has an account, and this identity is no way into it. `methods` are those that are. */
  | { kind: 'taken'; email: string; methods: SignInMethod[] }

/**
 * Finds the account of a user who comes from GitHub or Google, or opens one: user and identity in one
 * transaction. An identity is only ever given to the user who is made with it. It is never added to
 * a user who exists, so there is no way to add one's own to another's account.
 */
export async function openAccount(vouched: Vouched): Promise<Opened> {
  if (await findUserByAccount(vouched)) return { kind: 'open' }
  const { email } = vouched
  if (!email) return { kind: 'unverified' }
  if (await insertBoth({ ...vouched, email })) return { kind: 'open' }
  // Two first sign-ins at once: the other one was faster.
  if (await findUserByAccount(vouched)) return { kind: 'open' }
  const user = await findUserByEmail(email)
  const methods = user ? openMethods(user, await listAccounts(user.id)) : []
  return { kind: 'taken', email, methods }
}

function insertBoth({ provider, providerAccountId, email, name }: Vouched & { email: string }) {
  return inTransaction(async (tx) => {
    const user = await openPersonal(tx, { email, name, emailVerified: new Date() })
    if (!user) return false
    await insertAccount(tx, { userId: user.id, provider, providerAccountId })
    // Neither address nor the other site's id: what is written here cannot be erased.
    await recordAudit(tx, userActor(user.id, personalWorkspaceOf(user.id)), {
      scope: `user:${user.id}`,
      action: 'user.create',
      after: { method: provider },
    })
    return true
  })
}
