import { Notice } from '@/app/components/notice'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'

/** What became of the form that led here; nothing when none did. */
export function Outcome({ query }: { query: Query }) {
  if (query.error !== undefined) return <Refusal query={query} />
  if (query.revoked !== '1') return null
  return (
    <Notice role="status" tone="ok" icon="check" title="The key is revoked.">
      It opens nothing any more.
    </Notice>
  )
}
