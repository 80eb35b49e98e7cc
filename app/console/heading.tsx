import type { ReactNode } from 'react'

/** The title of a page of the console, and one line about it. */
export function Heading({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="mb-5">
      <h1 className="font-semibold text-xl">{title}</h1>
      {children ? <p className="mt-0.5 text-ink-3">{children}</p> : null}
    </div>
  )
}
