import { listAnchors } from '@/db/queries/anchors'
import {
  type AnchorFault,
  type ChainFault,
  countAudit,
  listAnchorFaults,
  listChainFaults,
} from '@/db/queries/audit-faults'
import { env } from '@/lib/env'
import { type DayFault, faultsOfDays } from './day-faults'

export type AuditFault =
  | ({ of: 'chain' } & ChainFault)
  | ({ of: 'anchor' } & AnchorFault)
  | ({ of: 'day' } & DayFault)

export type Proof = {
  rows: number
  chains: number
  /** The last day that is anchored; null: none is yet. */
  anchoredThrough: string | null
  /** Of each chain the first, and then the anchors themselves. Empty: all is as it was written. */
  faults: AuditFault[]
}

/**
 * Checks the audit trail of one scope, or all of it: each chain in itself, each chain against the
 * anchors, and the anchors against their seals. Of one scope only the days are computed again that it was written on.
 * @param kept roots by day that were kept outside, such as from the log; they win over the database
 */
export async function verifyAudit({
  scope = null,
  kept = new Map(),
}: {
  scope?: string | null
  kept?: ReadonlyMap<string, string>
} = {}): Promise<Proof> {
  // One after the other: each is a pass over everything, and the application wants to live beside it.
  const count = await countAudit(scope)
  const chains = await listChainFaults(scope)
  const broken = new Set(chains.map((fault) => fault.scope))
  const anchored = (await listAnchorFaults(scope)).filter((fault) => !broken.has(fault.scope))
  const anchors = await listAnchors(scope)
  return {
    ...count,
    anchoredThrough: anchors.at(-1)?.day ?? null,
    faults: [
      ...chains.map((fault) => ({ of: 'chain', ...fault }) as const),
      ...anchored.map((fault) => ({ of: 'anchor', ...fault }) as const),
      ...faultsOfDays(anchors, env().auditSecrets, kept).map(
        (fault) => ({ of: 'day', ...fault }) as const,
      ),
    ],
  }
}
