import { markOf } from '@/db/queries/audit-page'
import { type AuditFilter, type FoundDrift, listAuditPage } from '@/db/queries/console-audit'
import { findAddresses } from '@/db/queries/console-customer'
import { faultText } from '@/lib/audit/fault-text'
import { verifyAudit } from '@/lib/audit/verify'
import { sentenceOf } from './sentence'

export type { AuditFilter, FoundDrift }

const PER_PAGE = 50

/** A page of the trail with who acted, and after which row the next one begins; null where there is none. */
export async function readAudit(filter: AuditFilter) {
  const rows = await listAuditPage(filter, PER_PAGE + 1)
  const page = rows.slice(0, PER_PAGE)
  const people = page.flatMap(({ actor }) =>
    actor.type === 'user' || actor.type === 'operator' ? [actor.id] : [],
  )
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    rows: page.map((row) => ({ ...row, sentence: sentenceOf(row) })),
    names: await findAddresses([...new Set(people)]),
    older: last ? markOf(last) : null,
  }
}

/** Whether one chain is as it was written: in itself, against the anchors, and the anchors against their seals. */
export async function checkChain(scope: string): Promise<{ rows: number; faults: string[] }> {
  const { rows, faults } = await verifyAudit({ scope })
  return { rows, faults: faults.map(faultText) }
}
