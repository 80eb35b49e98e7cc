import { FormOwner } from '@/app/components/form-owner'
import type { Shown } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import { deleteAccount, signInAgain } from '@/app/settings/account/actions'
import type { UserId } from '@/lib/ids'

type Props = {
  user: UserId
  email: string
  typed: string | undefined
  isRecent: boolean
  wrong: Shown | null
}

/**
 * The last step: the address typed once more, for a user who signed in a moment ago; for everyone
 * else the way to sign in.
 */
export function DeleteForm({ user, email, typed, isRecent, wrong }: Props) {
  if (!isRecent) {
    return (
      <form action={signInAgain} className="card grid gap-4 p-[min(1.5rem,6vw)]">
        <p>You signed in more than 30 minutes ago. Sign in once more, and come back here.</p>
        <div>
          <SubmitButton busy="Signing out…" className="button-primary">
            Sign in again
          </SubmitButton>
        </div>
      </form>
    )
  }
  return (
    <form action={deleteAccount} className="card grid gap-3 p-[min(1.5rem,6vw)]">
      <FormOwner of={user} />
      <label htmlFor="own-email" className="font-medium text-[0.9375rem]">
        To confirm, type{' '}
        <span translate="no" className="wrap-anywhere">
          {email}
        </span>
      </label>
      <input
        id="own-email"
        name="email"
        type="email"
        required
        autoComplete="off"
        maxLength={254}
        defaultValue={typed}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? 'own-email-wrong' : undefined}
        className="field"
      />
      {wrong ? (
        <p id="own-email-wrong" role="alert" className="text-danger text-sm">
          {wrong.title} {wrong.advice}
        </p>
      ) : null}
      <div>
        <SubmitButton busy="Deleting…" className="button-danger">
          Delete account
        </SubmitButton>
      </div>
    </form>
  )
}
