import { userActor } from '@/lib/audit/actor'
import { changeDetails } from '@/lib/customers/change-details'
import type { UserId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { normalizeEmail } from './email-address'

/**
 * What next-auth changes of a person's address or name, by the one verb that does: their customer at
 * Stripe follows, and the trail has it. Anything else of a user is no detail, and is left to the adapter.
 */
export async function updateDetails(user: {
  id: UserId
  email?: string
  name?: string | null
}): Promise<void> {
  const { id, email, name } = user
  const change = {
    ...(email === undefined ? {} : { email: normalizeEmail(email) }),
    ...(name === undefined ? {} : { name }),
  }
  if (Object.keys(change).length > 0)
    await changeDetails(userActor(id, personalWorkspaceOf(id)), id, change)
}
