import { type AccessRows, findAccess } from '@/db/queries/access'
import { Unavailable } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { answerOf, type Entitlements } from './answer'
import { findLastKnown, rememberAnswer } from './last-known'
import { onceInRequest } from './memo'

/**
 * What a workspace may use, decided at this instant of business time: one round trip to Postgres, and none
 * after the first within one request. Postgres is always asked, because nothing else can know of a revoke
 * (docs/decisions/0033-access-is-asked-of-postgres.md). Redis is asked only when Postgres does not answer.
 * @throws {Unavailable} neither can say
 */
export function entitlements(workspaceId: WorkspaceId): Promise<Entitlements> {
  return onceInRequest(workspaceId, () => read(workspaceId))
}

async function read(workspaceId: WorkspaceId): Promise<Entitlements> {
  const clock = businessClock()
  const [found, now] = await Promise.all([rowsOrOutage(workspaceId), clock.now()])
  if (found instanceof Unavailable) {
    const known = await findLastKnown(workspaceId, now)
    if (known) return known
    throw found
  }
  const answer = answerOf(found, now)
  rememberAnswer(workspaceId, answer)
  return answer
}

async function rowsOrOutage(workspaceId: WorkspaceId): Promise<AccessRows | Unavailable> {
  try {
    return await findAccess(workspaceId)
  } catch (error) {
    if (error instanceof Unavailable) return error
    throw error
  }
}
