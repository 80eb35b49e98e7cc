import { listAccounts } from '@/db/queries/accounts'
import { findUser } from '@/db/queries/users'
import { NotFound } from '@/lib/errors'
import type { UserId } from '@/lib/ids'
import { isProvider, openMethods, type Provider, type SignInMethod } from './sign-in-methods'

type About = { works: boolean; removable: boolean }

/** One way into an account, as its owner sees it. `removable` is false for the last one that works. */
export type OwnMethod =
  // `off`: its owner turned links off. Else links that do not work cannot be sent from here.
  ({ id: 'email'; address: string; off: boolean } & About) | ({ id: Provider; since: Date } & About)

/** Every sign-in method of a user: the address, whether links to it work or not, and each identity. */
export async function readSignInMethods(userId: UserId): Promise<OwnMethod[]> {
  const [user, accounts] = await Promise.all([findUser(userId), listAccounts(userId)])
  if (!user) throw new NotFound('user_gone')
  const open = openMethods(user, accounts)
  const about = (id: SignInMethod): About => ({
    works: open.includes(id),
    removable: open.some((other) => other !== id),
  })
  return [
    { id: 'email', address: user.email, off: !user.emailSignIn, ...about('email') },
    ...accounts.flatMap(({ provider: id, createdAt: since }) =>
      isProvider(id) ? [{ id, since, ...about(id) }] : [],
    ),
  ]
}
