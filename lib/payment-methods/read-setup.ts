import type { Actor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import { type CustomerId, isSetupIntentId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveSetupIntent, type SetupSnapshot } from '@/lib/stripe/setup-intents'
import { requireOwnCustomer } from './own-customer'

export type OwnSetup = { customerId: CustomerId; setup: SetupSnapshot }

/**
 * What was left under a SetupIntent, whose id came from a browser: it must be of the actor's own customer.
 * @throws {NotFound} there is no such SetupIntent, or it is another customer's: the two are never told apart
 */
export async function readOwnSetup(actor: Actor, id: unknown): Promise<OwnSetup> {
  const customerId = await requireOwnCustomer(actor)
  if (!isSetupIntentId(id)) throw new NotFound('setup_unknown')
  countRead()
  const setup = await find(id)
  if (setup?.customerId !== customerId) throw new NotFound('setup_unknown')
  return { customerId, setup }
}

async function find(id: Parameters<typeof retrieveSetupIntent>[0]): Promise<SetupSnapshot | null> {
  try {
    return await retrieveSetupIntent(id)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
