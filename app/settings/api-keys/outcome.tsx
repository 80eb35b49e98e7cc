import { Notice } from '@/app/components/notice'
import type { Query, Shown } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { readDone } from '@/app/done-at'

/** What became of the form that led here; nothing when none did. */
export async function Outcome({ query, refusal }: { query: Query; refusal: Shown | null }) {
  if (query.error !== undefined) return refusal ? <RefusalNotice of={refusal} /> : null
  if ((await readDone('/settings/api-keys', query)) !== 'revoked') return null
  return (
    <Notice role="status" tone="ok" icon="check" title="The key is revoked.">
      It opens nothing any more.
    </Notice>
  )
}
