import type { Recorded } from '@/db/queries/customer-claims'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import type { AccountCustomer } from './account'
import type { Known } from './known'
import type { Left, Whose } from './whose'

export type Decision =
  | { kind: 'done'; workspaceId: WorkspaceId }
  /** It waits for its address already. */
  | { kind: 'waiting' }
  | Extract<Whose, { kind: 'workspace' | 'address' }>
  /** Its owner has another one, which stays. */
  | { kind: 'second'; keeps: CustomerId }
  /** Several of one owner pay, and nothing says which one is meant. */
  | { kind: 'ambiguous'; with: CustomerId[] }
  /** Nothing says which plan it would give: it is not read as free, nor guessed. */
  | { kind: 'unknown_price'; prices: string[] }
  | { kind: 'left'; why: Left }

export type Decided = { customer: AccountCustomer; decision: Decision }

/** What is done with each customer of an account. Pure; two for one owner are never both taken. */
export function decide(whose: readonly [AccountCustomer, Whose][], known: Known): Decided[] {
  const rivals = new Map<string, AccountCustomer[]>()
  const first = whose.map(([customer, said]) => {
    const decision = alone(customer, said, known)
    const key = ownerKey(decision, known)
    if (key) rivals.set(key, [...(rivals.get(key) ?? []), customer])
    return { customer, decision, key }
  })
  return first.map(({ customer, decision, key }) => {
    if (key === null) return { customer, decision }
    const settled = among(customer, rivals.get(key) ?? [], linkedTo(key, known))
    return { customer, decision: settled ?? priced(customer, decision) }
  })
}

function alone({ id }: AccountCustomer, said: Whose, known: Known): Decision {
  const row: Recorded | undefined = known.rows.get(id)
  if (row?.erasedAt) return { kind: 'left', why: 'erased' }
  if (row?.deletedAt) return { kind: 'left', why: 'deleted' }
  // What has a workspace keeps it, whatever else says otherwise.
  if (row?.workspaceId) return { kind: 'done', workspaceId: row.workspaceId }
  if (said.kind === 'workspace' && !known.workspaces.has(said.workspaceId))
    return { kind: 'left', why: 'no_such_workspace' }
  if (said.kind !== 'address') return said
  const user = known.users.get(said.email)
  if (said.proven && user?.emailVerified)
    return { kind: 'workspace', workspaceId: personalWorkspaceOf(user.userId), by: said.by }
  // Here the address has a user who has not proven it: another application's word does not.
  const proven = said.proven && !user
  if (row?.email !== said.email || proven) return { ...said, proven }
  // Its owner has bought here since it began to wait.
  const keeps = user && known.linked.get(personalWorkspaceOf(user.userId))
  return keeps ? { kind: 'second', keeps } : { kind: 'waiting' }
}

// By address where there is no workspace yet; what waits is asked for by `linkedTo`.
function ownerKey(decision: Decision, known: Known): string | null {
  if (decision.kind === 'workspace') return decision.workspaceId
  if (decision.kind !== 'address') return null
  const user = known.users.get(decision.email)
  return user ? personalWorkspaceOf(user.userId) : decision.email
}

function linkedTo(key: string, known: Known): CustomerId | null {
  return known.linked.get(key) ?? known.claimants.get(key) ?? null
}

function among(
  { id }: AccountCustomer,
  rivals: AccountCustomer[],
  linked: CustomerId | null,
): Decision | null {
  if (linked && linked !== id) return { kind: 'second', keeps: linked }
  if (rivals.length < 2) return null
  const paying = rivals.filter(({ plans }) => plans.length > 0)
  if (paying.length > 1) {
    const others = paying.filter((each) => each.id !== id).map((each) => each.id)
    return { kind: 'ambiguous', with: others }
  }
  // The one that pays, else the oldest.
  const keeps = (paying[0] ?? rivals[0])?.id
  return keeps === undefined || keeps === id ? null : { kind: 'second', keeps }
}

function priced({ plans }: AccountCustomer, decision: Decision): Decision {
  const unknown = plans.filter(({ tier }) => tier === null)
  if (unknown.length === 0) return decision
  return { kind: 'unknown_price', prices: [...new Set(unknown.flatMap(({ prices }) => prices))] }
}
