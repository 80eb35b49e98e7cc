import { inTransaction } from '@/db/client'
import { findUserByEmail } from '@/db/queries/users'
import type { UserId } from '@/lib/ids'
import { openPersonal } from '@/lib/workspaces/open-personal'

/** The demo user with this address, made when there is none. */
export async function ensureDemoUser(person: { name: string; email: string }): Promise<UserId> {
  const { name, email } = person
  const made = await inTransaction((tx) =>
    openPersonal(tx, { name, email, demo: true, emailVerified: new Date() }),
  )
  const user = made ?? (await findUserByEmail(email))
  if (!user) throw new Error(`The demo user ${name} could not be made.`)
  return user.id
}
