import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { users } from '@/db/schema/auth'
import { customers, subscriptions } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { webhookEvents } from '@/db/schema/events'
import { usageCredits } from '@/db/schema/usage'
import { memberships, workspaces } from '@/db/schema/workspaces'
import type {
  CheckoutSessionId,
  CustomerId,
  PromotionCodeId,
  SubscriptionId,
  WorkspaceId,
} from '@/lib/ids'

/** One customer in a list of the console. */
export type ListedCustomer = {
  workspaceId: WorkspaceId
  /** Of its first owner; null where the workspace has none. */
  email: string | null
  name: string | null
  customerId: CustomerId | null
  tier: string | null
  status: string | null
  access: string | null
}

// More than anyone reads through: they say more of whom they look for.
const MOST = 50

/** The workspaces with the newest customers. */
export function listNewest(): Promise<ListedCustomer[]> {
  // More than are shown: of a workspace that had several customers the newest is listed.
  return listed(sql`select workspace_id as id, row_number() over () as place from (
      select workspace_id from customers where workspace_id is not null and deleted_at is null
      order by created_at desc limit ${MOST}) newest`)
}

/** Those of these ids that are there, in their order. */
export function listWorkspaces(ids: readonly WorkspaceId[]): Promise<ListedCustomer[]> {
  return listed(
    sql`select id, place from unnest(${sql.param([...ids])}::uuid[]) with ordinality as given (id, place)`,
  )
}

// Each is looked up by its key: fifty joined at once Postgres would rather find in a scan of everyone.
async function listed(chosen: SQL): Promise<ListedCustomer[]> {
  const rows = await rowsOf<ListedCustomer>(sql`
    select w.id as "workspaceId", o.email, coalesce(w.name, o.name) as name,
      c.id as "customerId", e.tier, e.status, e.access
    from (${chosen}) chosen
    join lateral (select id, name from workspaces where id = chosen.id limit 1) w on true
    left join lateral (
      select id from customers where workspace_id = w.id and deleted_at is null limit 1) c on true
    left join lateral (
      select tier, status, access from entitlements where workspace_id = w.id limit 1) e on true
    left join lateral (
      select u.email, u.name from memberships m join users u on u.id = m.user_id
      where m.workspace_id = w.id and m.role = 'owner'
      order by m.created_at, m.user_id limit 1) o on true
    order by chosen.place`)
  return [...rows]
}

/**
 * The workspaces of the people whose address begins so, and of those and the teams of whose name
 * each word begins so.
 */
export async function findByText(text: string): Promise<WorkspaceId[]> {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const prefix = `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const people = db()
    .select({ id: memberships.workspaceId })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(sql`${users.email} like ${prefix}`)
    .orderBy(asc(users.email))
    .limit(MOST)
  if (words.length === 0) return unique(await people)
  const asked = words.map((word) => `${word}:*`).join(' & ')
  const [byAddress, byName, teams] = await Promise.all([
    people,
    db()
      .select({ id: memberships.workspaceId })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .where(
        sql`to_tsvector('simple', coalesce(${users.name}, '')) @@ to_tsquery('simple', ${asked})`,
      )
      .limit(MOST),
    db()
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(
        sql`to_tsvector('simple', coalesce(${workspaces.name}, '')) @@ to_tsquery('simple', ${asked})`,
      )
      .limit(MOST),
  ])
  return unique([...byAddress, ...teams, ...byName]).slice(0, MOST)
}

/** The workspaces of which the user with this address is a member. */
export async function findByAddress(email: string): Promise<WorkspaceId[]> {
  const rows = await db()
    .select({ id: memberships.workspaceId })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(users.email, email))
    .orderBy(asc(memberships.createdAt))
  return unique(rows)
}

/** The workspace with this id, or those of the user with it. */
export async function findByOwnId(id: string): Promise<WorkspaceId[]> {
  const rows = await db()
    .select({ id: memberships.workspaceId })
    .from(memberships)
    .where(sql`${memberships.workspaceId} = ${id}::uuid or ${memberships.userId} = ${id}`)
  return unique(rows)
}

/** Whose customer this is by our records: `undefined` where they do not know it, null where it is no one's. */
export async function findWorkspaceOf(customerId: string): Promise<WorkspaceId | null | undefined> {
  const [row] = await db()
    .select({ id: customers.workspaceId })
    .from(customers)
    // Safe: whatever text it is, it is compared with ids.
    .where(eq(customers.id, customerId as CustomerId))
  return row?.id
}

/** Whose customer has this subscription. */
export async function findSubscriber(id: SubscriptionId): Promise<CustomerId | null> {
  const [row] = await db()
    .select({ id: subscriptions.customerId })
    .from(subscriptions)
    .where(eq(subscriptions.id, id))
  return row?.id ?? null
}

/** The workspaces whose living subscription is at one of these prices. */
export async function findByPrices(priceIds: readonly string[]): Promise<WorkspaceId[]> {
  // By their order in the index, price by price: of a price that many pay Postgres would rather read all.
  const rows = await rowsOf<{ id: WorkspaceId | null }>(sql`
    select c.workspace_id as id
    from unnest(${sql.param([...priceIds])}::text[]) as asked (price_id)
    cross join lateral (
      select customer_id from subscriptions
      where price_id = asked.price_id and ended_at is null order by id limit ${MOST}) s
    join lateral (select workspace_id from customers where id = s.customer_id limit 1) c on true
    limit ${MOST}`)
  return unique(rows)
}

/** The workspaces that came to checkout with this promotion code, those who came last first. */
export async function findByPromotion(code: PromotionCodeId): Promise<WorkspaceId[]> {
  const rows = await db()
    .select({ id: checkoutIntents.workspaceId })
    .from(checkoutIntents)
    .where(eq(checkoutIntents.promotionCode, code))
    .orderBy(desc(checkoutIntents.createdAt))
    .limit(MOST)
  return unique(rows)
}

/** The workspace for which a Checkout session was opened. */
export async function findBySession(id: CheckoutSessionId): Promise<WorkspaceId[]> {
  const rows = await db()
    .select({ id: checkoutIntents.workspaceId })
    .from(checkoutIntents)
    .where(eq(checkoutIntents.sessionId, id))
  return unique(rows)
}

/** The workspace whose credits were paid with this. */
export async function findByPayment(id: string): Promise<WorkspaceId[]> {
  const rows = await db()
    .select({ id: usageCredits.workspaceId })
    .from(usageCredits)
    .where(eq(usageCredits.paymentIntentId, id))
  return unique(rows)
}

/** The customers about whom an event reported this object. */
export async function findReportedCustomers(objectId: string): Promise<CustomerId[]> {
  const rows = await db()
    .selectDistinct({ id: webhookEvents.customerId })
    .from(webhookEvents)
    .where(inArray(webhookEvents.objectId, [objectId]))
    .limit(MOST)
  return rows.flatMap(({ id }) => (id ? [id] : []))
}

function unique(rows: readonly { id: WorkspaceId | null }[]): WorkspaceId[] {
  return [...new Set(rows.flatMap(({ id }) => (id ? [id] : [])))]
}
