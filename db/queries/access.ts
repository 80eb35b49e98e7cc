import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntitlementRow, OverrideRow, SubscriptionRow } from '@/db/queries/claim'
import { type JsonRow, rowFromJson } from '@/db/queries/json-rows'
import { rowsOf } from '@/db/rows-of'
import { entitlementOverrides, entitlements, subscriptions } from '@/db/schema/billing'
import type { WorkspaceId } from '@/lib/ids'

export type AccessRows = {
  entitlement: EntitlementRow | null
  overrides: OverrideRow[]
  subscriptions: SubscriptionRow[]
}

/** Everything that decides what a workspace may use, in one statement, so that all of it is of one instant. */
export async function findAccess(workspaceId: WorkspaceId): Promise<AccessRows> {
  return typed(await rowsOf(question(workspaceId)))
}

/** The same as a transaction sees it. */
export async function findAccessIn(tx: Transaction, workspaceId: WorkspaceId): Promise<AccessRows> {
  return typed(await tx.execute(question(workspaceId)))
}

function question(workspaceId: WorkspaceId): SQL {
  return sql`select
    (select to_jsonb(e) from entitlements e where e.workspace_id = ${workspaceId}::uuid) as entitlement,
    (select coalesce(jsonb_agg(to_jsonb(o) order by o.kind, o.name), '[]')
      from entitlement_overrides o where o.workspace_id = ${workspaceId}::uuid) as overrides,
    (select coalesce(jsonb_agg(to_jsonb(s) order by s.id), '[]') from subscriptions s
      join customers c on c.id = s.customer_id where c.workspace_id = ${workspaceId}::uuid) as subscriptions`
}

function typed([row]: readonly unknown[]): AccessRows {
  if (!row) throw new Error('Postgres answered a question for one row with none.')
  // Safe: so the statement builds them, of the rows of these tables.
  const raw = row as {
    entitlement: JsonRow | null
    overrides: JsonRow[]
    subscriptions: JsonRow[]
  }
  return {
    entitlement: raw.entitlement && rowFromJson(entitlements, raw.entitlement),
    overrides: raw.overrides.map((each) => rowFromJson(entitlementOverrides, each)),
    subscriptions: raw.subscriptions.map((each) => rowFromJson(subscriptions, each)),
  }
}
