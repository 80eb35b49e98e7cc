import { Notice } from '@/app/components/notice'
import type { Query } from '@/app/components/read-refusal'
import { Refusal } from '@/app/components/refusal'
import { readDone } from '@/app/done-at'
import { METHOD_NAMES } from '@/lib/auth/method-names'
import { isSignInMethod } from '@/lib/auth/sign-in-methods'

/** What became of the form that led here; nothing when none did. */
export async function Outcome({ query }: { query: Query }) {
  if (query.error !== undefined) return <Refusal query={query} />
  const done = await readDone('/settings/sign-in-methods', query)
  const removed = done?.replace(/^removed_/, '')
  if (done !== removed && isSignInMethod(removed)) {
    return (
      <Notice role="status" tone="ok" icon="check" title={`Removed: ${METHOD_NAMES[removed]}.`}>
        It does not sign in to your account any more. Every other browser is signed out.
      </Notice>
    )
  }
  if (done === 'added_email') {
    return (
      <Notice
        role="status"
        tone="ok"
        icon="check"
        title="Links by email sign in to your account again."
      />
    )
  }
  return null
}
