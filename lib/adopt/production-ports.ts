import { inTransaction } from '@/db/client'
import {
  listClaims,
  listLinked,
  listRecorded,
  listUsersByEmail,
} from '@/db/queries/customer-claims'
import { findUserByEmail } from '@/db/queries/users'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { claimCustomer, giveCustomer } from '@/lib/customers/give'
import { listCustomerPage, listLivingPage } from '@/lib/stripe/account-pages'
import { productTiers } from '@/lib/stripe/product-tiers'
import { productionPorts } from '@/lib/sync/production-ports'
import { openPersonal } from '@/lib/workspaces/open-personal'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import type { AdoptPorts } from './ports'

/** The real outside: the account of our key, and our records. */
export function adoptPorts(actor: Actor): AdoptPorts {
  const { sleep, prices, appEnv, livemode } = productionPorts()
  return {
    stripe: {
      listCustomerPage,
      listLivingPage,
      readProductTier: async (id) => (await productTiers([id])).get(id) ?? null,
    },
    records: { listRecorded, listLinked, listUsersByEmail, listClaims },
    write: {
      giveCustomer: (workspaceId, subject) => giveCustomer(actor, workspaceId, subject),
      claimCustomer: (email, subject) => claimCustomer(actor, email, subject),
      openUser: (user) => openUser(actor, user),
    },
    ...{ sleep, prices, appEnv, livemode },
  }
}

// Null: the address has a user who has not proven it, perhaps since a moment ago.
async function openUser(actor: Actor, { email, name }: { email: string; name: string | null }) {
  const made = await inTransaction(async (tx) => {
    const user = await openPersonal(tx, { email, name, emailVerified: new Date() })
    if (user)
      await recordAudit(tx, actor, {
        scope: `user:${user.id}`,
        action: 'user.create',
        after: { method: 'adopt' },
      })
    return user
  })
  const user = made ?? (await findUserByEmail(email))
  return user?.emailVerified ? personalWorkspaceOf(user.id) : null
}
