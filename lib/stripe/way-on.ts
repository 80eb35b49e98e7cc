import type { Money } from '@/lib/money'
import type { Payment } from '@/lib/payment'
import type { ManagedSubscription } from './managed-subscription'
import { previewRestart, previewResumption } from './pauses'

/**
 * What it takes for a plan to go on. `resume`: its status is `paused`. `restart`: collection was paused past the end of
 * what was paid for, and a new period begins. `collect`: in the hour after that end, the invoice that is drafted is
 * charged after all. `unpause`: it is paid for, and is charged again with its next period.
 */
export type WayOn = 'resume' | 'restart' | 'collect' | 'unpause'

type Shown = Pick<ManagedSubscription, 'status' | 'pause' | 'latest'>

/**
 * Which of them a plan takes, as Stripe has it now; null where nothing holds it. `money`: as our
 * records have it; `pausedCollection`: the policy.
 */
export function wayOn(
  { status, pause, latest }: Shown,
  money: Pick<Payment, 'payment'>,
  pausedCollection: 'paid_period' | 'keep',
): WayOn | null {
  if (status === 'paused') return 'resume'
  // Where the plan goes on while it is paused, what the pause lets pass is a gift.
  if (pausedCollection === 'keep') return pause && 'unpause'
  if (status === 'active' && isUnpaid(latest)) {
    // A change that the pause let pass as well stands before the period that it let pass.
    if (latest?.skipped || money.payment === 'skipped') return 'restart'
  }
  if (!pause) return null
  return status === 'active' && latest?.draft ? 'collect' : 'unpause'
}

/** What going on is charged, at once or with the draft; null where that is nothing by itself. */
export async function priceOfWay(
  way: WayOn | null,
  { id, latest }: Pick<ManagedSubscription, 'id' | 'latest'>,
): Promise<Money | null> {
  switch (way) {
    case 'resume':
      return previewResumption(id)
    case 'restart':
      return previewRestart(id)
    case 'collect':
      return latest?.draft?.amount ?? null
    default:
      return null
  }
}

// A word that Stripe adds later is not paid for a second time.
function isUnpaid(latest: Shown['latest']): boolean {
  return latest?.status === 'void' || latest?.status === 'uncollectible' || latest?.skipped === true
}
