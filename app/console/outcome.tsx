import { Notice } from '@/app/components/notice'
import { type Query, readRefusal } from '@/app/components/read-refusal'
import { RefusalNotice } from '@/app/components/refusal'
import { SubmitButton } from '@/app/components/submit-button'
import { readDone } from '@/app/done-at'
import { doneText } from './done'
import { signInAgain } from './sign-in-again'

/** What became of the form that led here; nothing when none did. */
export async function Outcome({ query, page }: { query: Query; page: string }) {
  const refusal = await readRefusal(query)
  const said = await readDone(page, query)
  const done = doneText(said)
  if (refusal?.reason === 'sign_in_again') {
    return (
      <div className="mb-4 grid gap-3">
        <RefusalNotice of={refusal} />
        <form action={signInAgain}>
          <input type="hidden" name="page" value={refusal.back ?? page} />
          <SubmitButton busy="Signing out…" className="button-primary">
            Sign in again
          </SubmitButton>
        </form>
      </div>
    )
  }
  if (refusal) {
    return (
      <div className="mb-4">
        <RefusalNotice of={refusal} />
      </div>
    )
  }
  if (!done) return null
  const look = said === 'repeated' ? REPEATED : FIRST
  return (
    <div className="mb-4">
      <Notice role="status" {...look} title={done} />
    </div>
  )
}

const FIRST = { tone: 'ok', icon: 'check' } as const
// No check mark: what became of the first press is not known here.
const REPEATED = { tone: 'neutral', icon: 'info' } as const
