'use client'

import { type ReactNode, useActionState } from 'react'
import { type Made, makeKey } from './actions'
import { FreshKey } from './fresh-key'

/** The form for a new key, and in its place the key that it made. */
export function NewKey({ children }: { children: ReactNode }) {
  const [made, make, pending] = useActionState<Made | null, FormData>(makeKey, null)
  // Without the form: it would carry the key along, as what it answered last.
  if (made) return <FreshKey apiKey={made.key} />
  return (
    <form action={make} className="card p-[min(1.5rem,6vw)]">
      <h2 className="font-semibold">New key</h2>
      {children}
      {/* A second press makes no second key: the form has a name of its own. */}
      <button
        type="submit"
        disabled={pending}
        aria-busy={pending}
        className="button button-primary mt-5"
      >
        {pending ? 'Creating…' : 'Create key'}
      </button>
    </form>
  )
}
