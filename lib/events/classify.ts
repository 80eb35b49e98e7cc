import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { APP } from '@/lib/stripe/metadata'
import { isHandled } from './handlers'
import { targetOf } from './target'

/** Whose event it is: the target it makes dirty, or why it is not for us. */
export type Classified =
  | { targetKey: string; reason: null }
  | { targetKey: null; reason: IgnoredReason }

export type IgnoredReason =
  | 'foreign_account'
  | 'other_livemode'
  | 'unknown_type'
  | 'foreign_app'
  | 'foreign_environment'
  | 'no_customer'

/**
 * Foreign means that the event says so: another account, mode, application or environment.
 * An unknown customer is not foreign: its event may be faster than our own row.
 */
export function classify(
  event: VerifiedEvent,
  ours: { appEnv: string; livemode: boolean },
): Classified {
  const reason = ignoredReason(event, ours)
  if (reason) return { targetKey: null, reason }
  const targetKey = targetOf(event)
  return targetKey === null ? { targetKey, reason: 'no_customer' } : { targetKey, reason: null }
}

function ignoredReason(
  event: VerifiedEvent,
  ours: { appEnv: string; livemode: boolean },
): IgnoredReason | null {
  if (event.account) return 'foreign_account'
  if (event.livemode !== ours.livemode) return 'other_livemode'
  if (!isHandled(event.type)) return 'unknown_type'
  if (event.metadataApp && event.metadataApp !== APP) return 'foreign_app'
  if (event.metadataEnv && event.metadataEnv !== ours.appEnv) return 'foreign_environment'
  return null
}
