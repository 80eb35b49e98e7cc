import type { Route } from 'next'
import type { ReactNode } from 'react'
import { PageLink } from './page-link'

type Props<T extends string> = { label: string; here: Route<T>; children: ReactNode }

/** What stands where late content will be; without scripts it goes when that content has come. */
export function StreamingFallback<T extends string>({ label, here, children }: Props<T>) {
  return (
    <div role="status" className="streaming-fallback">
      <span className="sr-only">{label}</span>
      <noscript>
        <PageLink href={here} className="link">
          Still reading? Load the page again
        </PageLink>
      </noscript>
      <div aria-hidden="true">{children}</div>
    </div>
  )
}
