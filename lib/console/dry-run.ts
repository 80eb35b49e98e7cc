import type { OperatorActor } from '@/lib/audit/actor'
import { PATIENCE, within } from '@/lib/deadline'
import { BillingError } from '@/lib/errors'
import type { EventId } from '@/lib/ids'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { productionPorts } from '@/lib/sync/production-ports'
import { type Rehearsal, rehearseReplay } from '@/lib/webhooks/rehearse'
import { redactText } from './redact'

/** What a replay would do now; or why no one can say. */
export type DryRun = { kind: 'shown'; rehearsal: Rehearsal } | { kind: 'refused'; why: string }

/** Shows what a replay of an event would change; nothing is changed. Stripe is read once, as often as a person may. */
export async function dryRun(actor: OperatorActor, id: EventId): Promise<DryRun> {
  const { allowed, ...rest } = await mayRead(actor.id)
  if (!allowed)
    return refused(
      `You had Stripe read often. Try again in ${'retryAfterSeconds' in rest ? rest.retryAfterSeconds : 60} seconds.`,
    )
  try {
    countRead()
    const rehearsal = await within(PATIENCE.stripe, () =>
      rehearseReplay(productionPorts(), actor, id),
    )
    return { kind: 'shown', rehearsal }
  } catch (error) {
    // A sentence of ours; whatever else it is would fail the replay, too, and the operator has to know.
    if (error instanceof BillingError) return refused(error.message)
    return refused(redactText(error instanceof Error ? error.message : String(error)))
  }
}

function refused(why: string): DryRun {
  return { kind: 'refused', why }
}

/** Whether nothing at all would come of a replay. */
export function changesNothing({ changes, facts, outbox, marks, failures }: Rehearsal): boolean {
  return [changes, facts, outbox, marks, failures].every((each) => each.length === 0)
}
