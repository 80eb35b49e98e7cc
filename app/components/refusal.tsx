import { Notice } from './notice'
import { type Query, readRefusal } from './refusals'

/** What went wrong with the form that led here, from the short code in the address; nothing when all is well. */
export function Refusal({ query }: { query: Query }) {
  const refusal = readRefusal(query)
  if (!refusal) return null
  return (
    <Notice role="alert" tone="danger" icon="alert" title={refusal.title}>
      {refusal.advice}
      {refusal.ref ? (
        <>
          {' '}
          Reference <code className="font-mono text-sm">{refusal.ref}</code>.
        </>
      ) : null}
    </Notice>
  )
}
