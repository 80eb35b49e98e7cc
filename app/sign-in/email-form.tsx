import type { Query } from '@/app/components/refusals'
import { SubmitButton } from '@/app/components/submit-button'
import { sendLink } from './actions'
import { KeptFields } from './kept-fields'

export function EmailForm({ query }: { query: Query }) {
  const wrong = query.error === 'invalid'
  return (
    <form action={sendLink} className="grid gap-3">
      <KeptFields query={query} />
      <label htmlFor="email" className="font-medium text-[0.9375rem]">
        E-mail
      </label>
      <input
        id="email"
        name="email"
        type="email"
        required
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        placeholder="ana@example.com"
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? 'email-wrong' : undefined}
        className="field -mt-1.5"
      />
      {wrong ? (
        <p id="email-wrong" role="alert" className="-mt-1 text-danger text-sm">
          Enter an e-mail address, such as ana@example.com.
        </p>
      ) : null}
      <SubmitButton busy="Sending the link…" className="button-primary mt-1 w-full">
        E-mail me a sign-in link
      </SubmitButton>
    </form>
  )
}
