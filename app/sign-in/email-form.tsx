import type { ReactNode } from 'react'
import type { Query, Shown } from '@/app/components/read-refusal'
import { ShownOnce } from '@/app/components/shown-once'
import { SubmitButton } from '@/app/components/submit-button'
import { sendLink } from './actions'
import { KeptFields } from './kept-fields'

type Props = {
  query: Query
  /** What was typed before, when that was refused. */
  typed: string | undefined
  /** What is wrong with it. */
  wrong: ReactNode
}

export function EmailForm({ query, typed, wrong }: Props) {
  return (
    <form action={sendLink} className="grid gap-3">
      <KeptFields query={query} />
      <label htmlFor="email" className="font-medium text-[0.9375rem]">
        Email
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
        defaultValue={typed}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? 'email-wrong' : undefined}
        className="field -mt-1.5"
      />
      {wrong}
      <SubmitButton busy="Sending the link…" className="button-primary mt-1 w-full">
        Email me a sign-in link
      </SubmitButton>
    </form>
  )
}

export function EmailWrong({ of: { title, advice, ref } }: { of: Shown }) {
  return (
    <ShownOnce key={ref} id={ref}>
      <p id="email-wrong" role="alert" className="-mt-1 text-danger text-sm">
        {title} {advice}
      </p>
    </ShownOnce>
  )
}
