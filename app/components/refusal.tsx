import { Notice } from './notice'
import { type Query, readRefusal, type Shown } from './read-refusal'
import { ShownOnce } from './shown-once'

/** What went wrong with the form that led here; nothing when all is well. */
export async function Refusal({ query }: { query: Query }) {
  const refusal = await readRefusal(query)
  return refusal ? <RefusalNotice of={refusal} /> : null
}

export function RefusalNotice({ of: { reason, title, advice, ref, inLog } }: { of: Shown }) {
  // Nothing failed: it is said, and no one is interrupted by it.
  const look = reason === 'typed_kept' ? CALM : ALARM
  return (
    <ShownOnce key={ref} id={ref}>
      <Notice {...look} title={title}>
        {advice}
        {inLog ? (
          <>
            {' '}
            Reference <code className="font-mono text-sm">{ref}</code>.
          </>
        ) : null}
      </Notice>
    </ShownOnce>
  )
}

const ALARM = { role: 'alert', tone: 'danger', icon: 'alert' } as const
const CALM = { role: 'status', tone: 'neutral', icon: 'info' } as const
