'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'

type Props = {
  children: ReactNode
  /** Said while the form is on its way; a verb, as the button's own label is. */
  busy: string
  name?: string
  /** Another action than its form's. */
  formAction?: ((form: FormData) => Promise<never>) | undefined
  value?: string
  className?: string
}

/**
 * Stays enabled while it works: the server makes one of many clicks, and a page that comes back
 * from the history is never stuck.
 */
export function SubmitButton({ children, busy, className = '', name, value, formAction }: Props) {
  const { pending, data } = useFormStatus()
  const working = pending && (name === undefined || data.get(name) === value)
  return (
    <button
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      aria-busy={working}
      className={`button ${className}`}
    >
      {working ? busy : children}
    </button>
  )
}
