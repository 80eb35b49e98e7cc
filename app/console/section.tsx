import type { ReactNode } from 'react'

/** A part of a page of the console, under its own heading. */
export function Section({
  title,
  id,
  aside,
  children,
}: {
  title: string
  id: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {aside ? <div className="text-ink-3 text-xs">{aside}</div> : null}
      </div>
      {children}
    </section>
  )
}

/** What stands where there is nothing to list. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="card px-3 py-2.5 text-ink-3">{children}</p>
}
