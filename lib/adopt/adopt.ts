import type { Given } from '@/lib/customers/give'
import { type AccountCustomer, readAccount } from './account'
import { type Decided, decide } from './decide'
import { readKnown } from './known'
import type { AdoptPorts } from './ports'
import { type Reading, type Whose, whoseIs } from './whose'

export type Adopted = {
  decided: Decided[]
  /** What was done, by customer; empty for a look. */
  acted: Map<string, Given>
}

/**
 * Finds whose each customer of an account is and, where that is asked for, links it or has it wait for its
 * owner. Stripe is only read. A second run does what the first had not done, and otherwise nothing: it may
 * die anywhere.
 * @param act false: nothing at all is written
 */
export async function adoptAccount(
  ports: AdoptPorts,
  options: Pick<Reading, 'metadataKey' | 'former' | 'trustVerified'> & { act: boolean },
): Promise<Adopted> {
  const reading = { ...options, appEnv: ports.appEnv, livemode: ports.livemode }
  const account = await readAccount(ports)
  const pairs = account.map((each): [AccountCustomer, Whose] => [each, whoseIs(each, reading)])
  const decided = decide(pairs, await readKnown(ports, pairs))
  const acted = new Map<string, Given>()
  for (const each of options.act ? decided : []) {
    const given = await takeOver(ports, each)
    if (given) acted.set(each.customer.id, given)
  }
  return { decided, acted }
}

async function takeOver(
  { write }: AdoptPorts,
  { customer: { id, livemode }, decision }: Decided,
): Promise<Given | null> {
  if (decision.kind === 'workspace')
    return write.giveCustomer(decision.workspaceId, { id, livemode, by: decision.by })
  if (decision.kind !== 'address') return null
  const { email, name, by, proven } = decision
  const workspaceId = proven ? await write.openUser({ email, name }) : null
  return workspaceId
    ? write.giveCustomer(workspaceId, { id, livemode, by })
    : write.claimCustomer(email, { id, livemode, by })
}
