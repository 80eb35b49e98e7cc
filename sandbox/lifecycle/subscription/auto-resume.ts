import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { resumePaused } from './resume-paused'

/** Resumes a subscription whose pause is over. A card that refuses leaves it paused. */
export function autoResume(tx: Tx, settings: Settings, id: string) {
  if (tx.find('subscription', id)?.status === 'paused') resumePaused(tx, settings, id, true)
}
