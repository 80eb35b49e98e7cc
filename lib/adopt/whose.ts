import { vouchedEmail } from '@/lib/auth/vouched-email'
import type { FoundBy } from '@/lib/customers/give'
import { isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import { isForeign } from '@/lib/stripe/foreign'
import type { AccountCustomer } from './account'
import type { Former } from './former'

/** Why a customer is left as it is. */
export type Left =
  | 'other_application'
  | 'other_mode'
  | 'no_address'
  | 'bad_address'
  | 'no_such_workspace'
  | 'metadata_disagree'
  | 'several_owners'
  | 'erased'
  | 'deleted'

/** Whose a customer says, or the former application says, that it is. */
export type Whose =
  | { kind: 'workspace'; workspaceId: WorkspaceId; by: FoundBy }
  /** `proven`: the former application says so, and the operator trusts it. */
  | { kind: 'address'; email: string; name: string | null; by: FoundBy; proven: boolean }
  | { kind: 'left'; why: Left }

export type Reading = {
  appEnv: string
  livemode: boolean
  /** What the former application called the id of a workspace or user of ours, in metadata. */
  metadataKey: string | null
  /** The records of the former application, by customer. */
  former: Former | null
  trustVerified: boolean
}

/** Metadata come first, then the records of the former application, then the address that Stripe has. Pure. */
export function whoseIs(customer: AccountCustomer, reading: Reading): Whose {
  const { metadata, livemode, email, id } = customer
  if (livemode !== reading.livemode) return left('other_mode')
  const mark = { app: metadata.app ?? null, env: metadata.env ?? null }
  if (isForeign(mark, reading.appEnv)) return left('other_application')
  const named = idsIn(metadata, reading.metadataKey)
  if (named.length > 1) return left('metadata_disagree')
  const [workspaceId] = named
  if (workspaceId) return { kind: 'workspace', workspaceId, by: 'metadata' }

  const owners = reading.former?.owners.get(id) ?? byFormerId(metadata, reading)
  if (owners.length > 1) return left('several_owners')
  const [owner] = owners
  if (owner) {
    const proven = owner.verified && reading.trustVerified
    return { kind: 'address', email: owner.email, name: owner.name, by: 'records', proven }
  }
  if (!email) return left('no_address')
  const spelled = vouchedEmail(email)
  if (!spelled) return left('bad_address')
  return { kind: 'address', email: spelled, name: null, by: 'address', proven: false }
}

const left = (why: Left): Whose => ({ kind: 'left', why })

// `workspace_id` counts before the older `user_id`, as everywhere (`lib/workspaces/claimed.ts`).
function idsIn(metadata: AccountCustomer['metadata'], key: string | null): WorkspaceId[] {
  const own = metadata.workspace_id ?? metadata.user_id
  const other = key === null ? undefined : metadata[key]
  return [...new Set([own, other].filter(isWorkspaceId))]
}

function byFormerId(metadata: AccountCustomer['metadata'], { metadataKey, former }: Reading) {
  const value = metadataKey === null ? undefined : metadata[metadataKey]
  const owner = value === undefined ? undefined : former?.users.get(value)
  return owner ? [owner] : []
}
