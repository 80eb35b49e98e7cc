import type { OperatorActor } from '@/lib/audit/actor'
import { Invalid } from '@/lib/errors'
import { grantOverride } from '@/lib/overrides/grant'
import type { Gift, Withheld } from '@/lib/overrides/subject'
import { withholdOverride } from '@/lib/overrides/withhold'
import { businessClock } from '@/lib/stripe/business-clock'
import { type Once, once } from './once'
import { type About, scopeOfWorkspace } from './subject-of'

/** Gives a plan, a feature or a limit by hand, until a day. @throws {Invalid} the day is over */
export async function grantAccess(
  actor: OperatorActor,
  { workspaceId, seen, reason, gift, until }: About & { gift: Gift; until: Date },
): Promise<Once> {
  await requireToCome(until)
  const scope = await scopeOfWorkspace(workspaceId)
  const after = { ...gift, until: until.toISOString() }
  return once(actor, { scope, seen, action: 'console.grant', after, reason }, () =>
    grantOverride(actor, workspaceId, gift, { until, reason }),
  )
}

/** Takes a plan or a feature away until a day, although it is paid for. @throws {Invalid} the day is over */
export async function withholdAccess(
  actor: OperatorActor,
  { workspaceId, seen, reason, what, until }: About & { what: Withheld; until: Date },
): Promise<Once> {
  await requireToCome(until)
  const scope = await scopeOfWorkspace(workspaceId)
  const after = { ...what, until: until.toISOString() }
  return once(actor, { scope, seen, action: 'console.withhold', after, reason }, () =>
    withholdOverride(actor, workspaceId, what, { until, reason }),
  )
}

// By the clock that access goes by.
async function requireToCome(until: Date): Promise<void> {
  if (until <= (await businessClock().now())) throw new Invalid('console_until')
}
