import { settleUsage } from '@/db/queries/usage'
import { productionPorts } from '@/lib/sync/production-ports'
import type { Reservation } from './reserve'
import { USAGE_RULES } from './rules'

/** Ends a reservation, by counting it for good or by giving its units back; what it was before, where it had ended. */
export async function settle({ workspaceId, key, attempt }: Reservation, commit: boolean) {
  const now = await productionPorts().clock.now()
  const use = { workspaceId, useKey: key, attempt }
  const { outcome } = await settleUsage({ ...use, now, commit, rules: USAGE_RULES })
  return outcome
}
