import { and, eq, inArray, like, not } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import { auditLog } from '@/db/schema/audit'
import { accounts, emailOptOuts, users } from '@/db/schema/auth'
import { entitlements, subscriptions } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { billingFacts } from '@/db/schema/events'
import { usageCounters, usageCredits, usageDays } from '@/db/schema/usage'
import { memberships, workspaces } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

/** What hangs on a user alone. Columns are named one by one, so that a hash or a key never comes along. */
export async function exportUser(userId: UserId) {
  const [[user], signIns, emailsOff, workspacesOf] = await Promise.all([
    db()
      .select({
        ...{ id: users.id, name: users.name, email: users.email },
        ...{ emailVerified: users.emailVerified, createdAt: users.createdAt },
      })
      .from(users)
      .where(eq(users.id, userId)),
    db()
      .select({ provider: accounts.provider, createdAt: accounts.createdAt })
      .from(accounts)
      .where(eq(accounts.userId, userId)),
    db()
      .select({ kind: emailOptOuts.kind, since: emailOptOuts.createdAt })
      .from(emailOptOuts)
      .where(eq(emailOptOuts.userId, userId)),
    db()
      .select({
        ...{ id: workspaces.id, kind: workspaces.kind, name: workspaces.name },
        ...{ role: memberships.role, since: memberships.createdAt },
      })
      .from(memberships)
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .where(eq(memberships.userId, userId)),
  ])
  return { user: user ?? null, signIns, emailsOff, workspaces: workspacesOf }
}

/** What a workspace has and used. */
export async function exportWorkspace(workspaceId: WorkspaceId) {
  const [access, checkouts, days, periods, credits, keys] = await Promise.all([
    db()
      .select({
        ...{ tier: entitlements.tier, status: entitlements.status, access: entitlements.access },
        ...{ features: entitlements.features, limits: entitlements.limits },
        validUntil: entitlements.validUntil,
      })
      .from(entitlements)
      .where(eq(entitlements.workspaceId, workspaceId)),
    db()
      .select({
        ...{ tier: checkoutIntents.tier, interval: checkoutIntents.interval },
        ...{ state: checkoutIntents.state, createdAt: checkoutIntents.createdAt },
      })
      .from(checkoutIntents)
      .where(eq(checkoutIntents.workspaceId, workspaceId)),
    db()
      .select({ day: usageDays.day, units: usageDays.units })
      .from(usageDays)
      .where(eq(usageDays.workspaceId, workspaceId)),
    db()
      .select({ periodStart: usageCounters.periodStart, used: usageCounters.used })
      .from(usageCounters)
      .where(eq(usageCounters.workspaceId, workspaceId)),
    db()
      .select({
        ...{ quantity: usageCredits.quantity, remaining: usageCredits.remaining },
        ...{ grantedAt: usageCredits.grantedAt, expiresAt: usageCredits.expiresAt },
      })
      .from(usageCredits)
      .where(eq(usageCredits.workspaceId, workspaceId)),
    db()
      .select({
        ...{ name: apiKeys.name, mode: apiKeys.mode, lastFour: apiKeys.lastFour },
        ...{ createdAt: apiKeys.createdAt, expiresAt: apiKeys.expiresAt },
        ...{ revokedAt: apiKeys.revokedAt, lastUsedAt: apiKeys.lastUsedAt },
      })
      .from(apiKeys)
      .where(eq(apiKeys.workspaceId, workspaceId)),
  ])
  const usage = { days, periods, credits }
  return { access: access[0] ?? null, checkouts, usage, apiKeys: keys }
}

/** What some customers bought, and the ids of their invoices at Stripe. */
export async function exportBought(customers: readonly CustomerId[]) {
  if (customers.length === 0) return { subscriptions: [], invoices: [] }
  const [bought, facts] = await Promise.all([
    db()
      .select({
        ...{ id: subscriptions.id, customerId: subscriptions.customerId },
        ...{ status: subscriptions.status, tier: subscriptions.tier },
        ...{ interval: subscriptions.interval, quantity: subscriptions.quantity },
        ...{ unitAmount: subscriptions.unitAmount, currency: subscriptions.currency },
        ...{ createdAt: subscriptions.stripeCreatedAt, endedAt: subscriptions.endedAt },
        ...{ from: subscriptions.currentPeriodStart, until: subscriptions.currentPeriodEnd },
      })
      .from(subscriptions)
      .where(inArray(subscriptions.customerId, [...customers])),
    db()
      .selectDistinct({ id: billingFacts.objectId })
      .from(billingFacts)
      .where(
        and(
          inArray(billingFacts.customerId, [...customers]),
          like(billingFacts.objectId, 'in\\_%'),
        ),
      ),
  ])
  return { subscriptions: bought, invoices: facts.map(({ id }) => id) }
}

/** The rows of some chains of the trail, oldest first; without what a bank suspects of whom they are about. */
export function exportTrail(scopes: readonly string[]) {
  return db()
    .select({
      ...{ at: auditLog.at, actor: auditLog.actor, action: auditLog.action },
      ...{ before: auditLog.before, after: auditLog.after },
    })
    .from(auditLog)
    .where(and(inArray(auditLog.scope, [...scopes]), not(like(auditLog.action, 'radar.%'))))
    .orderBy(auditLog.at, auditLog.scope, auditLog.n)
}
