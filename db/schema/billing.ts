import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AuditActor } from '@/db/schema/audit'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, SubscriptionId, WorkspaceId } from '@/lib/ids'
import type { PaymentState } from '@/lib/payment'
import type { ShownStatus, SubscriptionStatus } from '@/lib/status'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/**
 * Why a customer does not belong to the workspace that its metadata name: there is no such workspace, it
 * has another living customer, or the customer has another workspace.
 */
export type CustomerConflict = 'no_such_workspace' | 'workspace_has_another' | 'belongs_to_another'

/**
 * Which workspace is which Stripe customer. One living customer per workspace for ever; a second
 * would mean two subscriptions.
 */
export const customers = pgTable(
  'customers',
  {
    id: text().$type<CustomerId>().primaryKey(),
    // Null for a customer that came from Stripe and whose workspace we do not know.
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .references(() => workspaces.id, { onDelete: 'set null' }),
    livemode: boolean().notNull(),
    createdAt: instant().notNull().defaultNow(),
    // Deleted in Stripe, or given up because Stripe does not have it: kept, so that its history stays
    // explicable; the workspace may then get a new one.
    deletedAt: instant(),
    // The workspace that its metadata at Stripe name, its own or not. No foreign key: a person can type it there.
    claimedWorkspaceId: uuid().$type<WorkspaceId>(),
    // Why that is not its workspace. Kept until the metadata at Stripe change.
    conflict: text().$type<CustomerConflict>(),
    // Since when Stripe answers that it has no such customer; null again once it has.
    missingAt: instant(),
    // A scan saw that the customer itself is not as our row says: the next read asks Stripe for it.
    doubtedAt: instant(),
    // The user of its workspace was erased on request: no payload about it is kept.
    erasedAt: instant(),
  },
  (table) => [
    uniqueIndex('customers_one_living_per_workspace')
      .on(table.workspaceId)
      .where(sql`${table.deletedAt} is null`),
    // The partial one cannot serve a query that wants the deleted ones, too.
    index('customers_by_workspace').on(table.workspaceId),
    // The console shows the newest.
    index('customers_by_created').on(table.createdAt),
    // Few: the customers to read again when the workspace that they name has no customer any more.
    index('customers_in_conflict')
      .on(table.claimedWorkspaceId)
      .where(sql`${table.conflict} is not null`),
    // Few: whose payloads are emptied each day, should any have come since.
    index('customers_erased').on(table.erasedAt).where(sql`${table.erasedAt} is not null`),
    // Few or none; an outside monitor asks every minute.
    index('customers_missing').on(table.missingAt).where(sql`${table.missingAt} is not null`),
    check(
      'customers_conflict',
      sql`${table.conflict} in ('no_such_workspace', 'workspace_has_another', 'belongs_to_another')`,
    ),
  ],
)

/** A mirror of Stripe's subscriptions, one row per Stripe id, written only by a sync and never deleted. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: text().$type<SubscriptionId>().primaryKey(),
    customerId: text()
      .$type<CustomerId>()
      .notNull()
      .references(() => customers.id),
    // Stripe's word, or `unknown` for one that Stripe added after this was written.
    status: text().$type<SubscriptionStatus | 'unknown'>().notNull(),
    // Null when the price is none of ours: never to be read as free.
    tier: text(),
    interval: text(),
    // Not typed as a price's id: plans from before prices have ids of any form.
    priceId: text(),
    // Minor units of `currency`, per interval, for one unit; three billion is a price in rupiah.
    unitAmount: bigint({ mode: 'number' }),
    currency: text(),
    quantity: integer(),
    // Of the item that carries the plan: Stripe keeps periods on items, and an add-on may have another.
    currentPeriodStart: instant(),
    currentPeriodEnd: instant(),
    cancelAt: instant(),
    cancelAtPeriodEnd: boolean().notNull(),
    canceledAt: instant(),
    endedAt: instant(),
    trialEnd: instant(),
    // Since when the payment has failed, kept until that invoice is paid or given up: grace counts from
    // here. A bank debit fails days after its invoice was finalized.
    pastDueSince: instant(),
    // What became of the money for the current period: a status alone does not say that it arrived.
    payment: text().$type<PaymentState>().notNull(),
    // For which invoice it is missing: the first, the first charge after a trial, or a renewal.
    owes: text().$type<'first' | 'conversion' | 'renewal'>(),
    // When that invoice was finalized: a delayed payment and a draft are waited for from here.
    owedSince: instant(),
    // Until when an invoice that was sent may be paid.
    dueAt: instant(),
    // A change of plan, quantity or interval was billed, or a period, and its money is not there, or a part.
    changeUnpaid: boolean().notNull(),
    // The plan that the money covers while a change is not paid: the one before. Null then: unknown.
    coveredTier: text(),
    // The end of what was paid for. Null: nothing was ever billed, or paid.
    paidThrough: instant(),
    // `pause_collection`: Stripe makes invoices and collects none, and the status stays what it was.
    collectionPaused: boolean().notNull(),
    collectionResumesAt: instant(),
    stripeCreatedAt: instant().notNull(),
    // The fence of the sync that wrote the row; explains which read of Stripe it shows.
    fence: bigint({ mode: 'number' }).notNull(),
    syncedAt: instant().notNull(),
  },
  (table) => [
    index('subscriptions_by_customer').on(table.customerId),
    // The customers to read again when a price or its product changed; and a page of a price's subscribers, by id.
    index('subscriptions_living_by_price')
      .on(table.priceId, table.id)
      .where(sql`${table.endedAt} is null`),
    // Those that Stripe must show between two instants, for the drift scan: of each page of a million only its own.
    index('subscriptions_living_by_created')
      .on(table.stripeCreatedAt)
      .where(sql`${table.endedAt} is null`),
    // Whom to remind: trials that end soon, and years, or longer, that renew soon. Neither looks at all the others.
    index('subscriptions_trials_by_end')
      .on(table.trialEnd)
      .where(sql`${table.status} = 'trialing'`),
    index('subscriptions_years_by_end')
      .on(table.currentPeriodEnd)
      .where(sql`${table.interval} <> 'month' and ${table.status} = 'active'`),
  ],
)

/** What a workspace may use now. Derived by a pure function from Stripe's answer; a product reads only this. */
export const entitlements = pgTable('entitlements', {
  workspaceId: uuid()
    .$type<WorkspaceId>()
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  tier: text().notNull(),
  // The tier that was paid for, without overrides: what is kept while a price is unknown.
  earnedTier: text().notNull(),
  // The governing subscription's status; `processing` while its first money is on its way, `none` for a
  // workspace that never bought.
  status: text().$type<ShownStatus>().notNull(),
  access: text().$type<'full' | 'grace' | 'none'>().notNull(),
  // What the plan gave when this was written, for anyone who reads the history. What counts now is today's catalog's
  // with today's overrides: a deploy may have changed it since.
  features: jsonb().$type<string[]>().notNull(),
  limits: jsonb().$type<{ monthlyUses: number }>().notNull(),
  subscriptionId: text().$type<SubscriptionId>(),
  // Access is a lease: after this instant a reader must check again before it uses the row.
  validUntil: instant(),
  // One sentence for operators: which subscription, price or override made it so.
  reason: text().notNull(),
  fence: bigint({ mode: 'number' }).notNull(),
  computedAt: instant().notNull(),
})

/** What an override is about: the plan, one feature, or one limit. */
export type OverrideKind = 'plan' | 'feature' | 'limit'

/**
 * What an operator decided by hand, with an end and a reason: at most one row for each thing that can be decided.
 * What stood in a row before is in the audit trail. A change writes the entitlement in the same commit.
 */
export const entitlementOverrides = pgTable(
  'entitlement_overrides',
  {
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text().$type<OverrideKind>().notNull(),
    // Which feature, or which limit. Empty for the plan, of which there is one.
    name: text().notNull(),
    // `withhold`: not to be used until the end, whatever is paid for.
    effect: text().$type<'grant' | 'withhold'>().notNull(),
    // The plan that is granted.
    tier: text(),
    // The limit in place of the plan's, greater or smaller.
    amount: integer(),
    reason: text().notNull(),
    actor: jsonb().$type<AuditActor>().notNull(),
    expiresAt: instant().notNull(),
    // Taken back before its end. The row stays, so that why it ended can be answered.
    revokedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.kind, table.name] }),
    check(
      'entitlement_overrides_kind',
      sql`case ${table.kind}
        when 'plan' then ${table.name} = '' and ${table.amount} is null and (${table.tier} is not null) = (${table.effect} = 'grant')
        when 'feature' then ${table.name} <> '' and ${table.tier} is null and ${table.amount} is null
        when 'limit' then ${table.name} <> '' and ${table.tier} is null and ${table.amount} >= 0 and ${table.effect} = 'grant'
        else false end and ${table.effect} in ('grant', 'withhold')`,
    ),
  ],
)
