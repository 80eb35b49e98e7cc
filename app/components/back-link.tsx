import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Icon } from './icons'
import { PageLink } from './page-link'

/** The way up, above a page's title. */
export function BackLink({ href, children }: { href: Route; children: ReactNode }) {
  return (
    <PageLink href={href} className="link inline-flex min-h-11 items-center gap-1.5">
      <Icon name="back" />
      {children}
    </PageLink>
  )
}
