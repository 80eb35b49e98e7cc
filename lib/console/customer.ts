import { findAccess } from '@/db/queries/access'
import {
  findAddresses,
  findHead,
  findTarget,
  findWorkspaceFile,
  listIntents,
  listMailsAbout,
  listPeriods,
  type WorkspaceFile,
} from '@/db/queries/console-customer'
import { readBilling } from '@/lib/billing/read'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { creditsLeft } from '@/lib/credits/left'
import { currentEntitlement } from '@/lib/entitlements/current'
import { duplicatesOf, isLiving } from '@/lib/entitlements/duplicates'
import { isFeature } from '@/lib/entitlements/overridden'
import { ruleOf } from '@/lib/entitlements/rule'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'
import { Mail } from '@/lib/mail/mail'
import { businessClock } from '@/lib/stripe/business-clock'

export type CustomerFile = NonNullable<Awaited<ReturnType<typeof readCustomerFile>>>

/** All that our records say of one workspace and its customer, for an operator; null where there is none. */
export async function readCustomerFile(workspaceId: WorkspaceId) {
  const file = await findWorkspaceFile(workspaceId)
  if (!file) return null
  const customerId = livingOf(file)
  const scope = customerId ?? `workspace:${workspaceId}`
  const targets = [...file.customers.map(({ id }) => id), `workspace:${workspaceId}`]
  const [access, billing, credits, target, seen, intents, periods, mails, now] = await Promise.all([
    findAccess(workspaceId),
    readBilling(workspaceId),
    creditsLeft(workspaceId),
    customerId ? findTarget(customerId) : null,
    findHead(scope),
    listIntents(workspaceId, 20),
    listPeriods(workspaceId, 6),
    listMailsAbout(targets, 20),
    businessClock().now(),
  ])
  const current = currentEntitlement(access, now)
  const deciders = access.overrides.flatMap(({ actor }) =>
    actor.type === 'user' || actor.type === 'operator' ? [actor.id] : [],
  )
  const subscriptions = access.subscriptions.filter((row) => row.customerId === customerId)
  return {
    ...file,
    ...{ customerId, scope, seen, target, billing, credits, intents, periods, now, current },
    names: await namesOf(file, deciders),
    subscriptions,
    // Of customers that were deleted: Stripe is asked about the living one alone, and does not name these.
    formerSubscriptions: access.subscriptions.filter((row) => row.customerId !== customerId),
    // Where several are charged: any of them may be the one that was not meant.
    duplicates: duplicatesOf(subscriptions).length > 0 ? subscriptions.filter(isLiving) : [],
    overrides: access.overrides.map((each) => ({
      ...each,
      inForce: !each.revokedAt && each.expiresAt > now,
    })),
    decisions: features().map((feature) => ({
      feature,
      name: FEATURES[feature].name,
      decision: ruleOf(feature, { current, overrides: access.overrides, now }),
    })),
    mails: mails.map(({ key, payload, createdAt, deliveredAt, lastError }) => ({
      ...{ key, createdAt, deliveredAt, lastError },
      mail: Mail.parse(payload),
    })),
  }
}

function livingOf({ customers }: WorkspaceFile): CustomerId | null {
  return customers.find(({ deletedAt }) => deletedAt === null)?.id ?? null
}

function features(): Feature[] {
  return Object.keys(FEATURES).filter(isFeature)
}

async function namesOf(
  { members }: WorkspaceFile,
  others: readonly UserId[],
): Promise<Map<string, string>> {
  const mine = new Map(members.map(({ userId, email }) => [userId as string, email]))
  const unnamed = [...new Set(others)].filter((id) => !mine.has(id))
  return new Map([...mine, ...(await findAddresses(unnamed))])
}
