import type { OperatorActor } from '@/lib/audit/actor'
import { BillingError } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { requestReplay } from '@/lib/webhooks/replay'

/**
 * Marks one event of many to be replayed. One that is not for us by today's rules, or whose payload Stripe does
 * not have any more, must not keep the others.
 */
export async function replayOne(actor: OperatorActor, id: string, reason: string): Promise<void> {
  try {
    // Safe: the inbox has it under this id.
    await requestReplay(actor, { id: id as `evt_${string}`, reason })
  } catch (error) {
    if (!(error instanceof BillingError)) throw error
    log.warn({ event: id, error: failureText(error) }, 'not replayed with its group')
  }
}
