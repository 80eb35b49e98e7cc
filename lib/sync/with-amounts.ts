import type { Change, Fact } from '@/db/queries/ledger'
import type { SyncPorts } from './ports'

/**
 * The same change; each of its facts about money that went back, or may, says how much it is, for the trail. They are
 * read by themselves: a refund comes with its customer, and a dispute with its charge alone.
 */
export async function withAmounts(
  ports: Pick<SyncPorts, 'stripe'>,
  change: Change,
): Promise<Change> {
  if (!change.facts.some(isAboutReversal)) return change
  return {
    ...change,
    facts: await Promise.all(change.facts.map((each) => withAmount(ports, each))),
  }
}

async function withAmount({ stripe }: Pick<SyncPorts, 'stripe'>, fact: Fact): Promise<Fact> {
  const found = isAboutReversal(fact) ? await stripe.retrieveReversal(fact.objectId) : null
  if (!found) return fact
  const { outcome, ...money } = found
  // What it is by now was not known when it was opened.
  const isClosed = fact.kind === 'charge.dispute.closed' && outcome
  return { ...fact, details: isClosed ? { ...money, outcome } : money }
}

function isAboutReversal({ kind }: Fact): boolean {
  return kind.startsWith('refund.') || kind.startsWith('charge.dispute.')
}
