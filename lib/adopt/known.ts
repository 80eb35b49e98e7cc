import type { Recorded } from '@/db/queries/customer-claims'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import type { AccountCustomer } from './account'
import type { AdoptPorts } from './ports'
import type { Whose } from './whose'

/** What our records say of the customers of an account, and of those whose they may be. */
export type Known = {
  rows: ReadonlyMap<CustomerId, Recorded>
  workspaces: ReadonlySet<WorkspaceId>
  users: ReadonlyMap<string, { userId: UserId; emailVerified: Date | null }>
  /** The living customer of each workspace. */
  linked: ReadonlyMap<string, CustomerId>
  /** The customer that waits for each address, by it or by its user's own workspace. */
  claimants: ReadonlyMap<string, CustomerId>
}

// So that a query stays small however large the account is.
const BATCH = 1_000

/** Asks our records, some hundreds at a time. */
export async function readKnown(
  { records }: AdoptPorts,
  whose: readonly [AccountCustomer, Whose][],
): Promise<Known> {
  const emails = [
    ...new Set(whose.flatMap(([, said]) => (said.kind === 'address' ? said.email : []))),
  ]
  const rows = await inBatches(
    whose.map(([{ id }]) => id),
    records.listRecorded,
  )
  const users = new Map(
    (await inBatches(emails, records.listUsersByEmail)).map((each) => [each.email, each]),
  )
  const ids = whose.flatMap(([, said]) => (said.kind === 'workspace' ? said.workspaceId : []))
  const own = [...users.values()].map(({ userId }) => personalWorkspaceOf(userId))
  const held = await inBatches([...new Set([...ids, ...own])], records.listLinked)
  const claims = await inBatches(emails, records.listClaims)
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    workspaces: new Set(held.map(({ workspaceId }) => workspaceId)),
    users,
    linked: new Map(
      held.flatMap(({ workspaceId, customerId }) =>
        customerId ? [[workspaceId, customerId]] : [],
      ),
    ),
    claimants: new Map(
      claims.map(({ email, customerId }) => {
        const user = users.get(email)
        return [user ? personalWorkspaceOf(user.userId) : email, customerId]
      }),
    ),
  }
}

async function inBatches<Key, Row>(
  keys: readonly Key[],
  ask: (some: readonly Key[]) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = []
  for (let at = 0; at < keys.length; at += BATCH)
    for (const row of await ask(keys.slice(at, at + BATCH))) found.push(row)
  return found
}
