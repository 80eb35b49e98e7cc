import type { Metadata } from 'next'
import { PageLink } from '@/app/components/page-link'
import { Shell } from '@/app/components/shell'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFoundPage() {
  return (
    <Shell>
      <div className="py-20">
        <h1 className="display text-3xl">There is no page at this address.</h1>
        <p className="mt-3 text-ink-2">It may have moved, or the link was cut short.</p>
        <div className="mt-6 flex flex-wrap gap-3">
          <PageLink href="/pricing" className="button button-primary">
            See the plans
          </PageLink>
          <PageLink href="/settings/billing" className="button">
            Go to billing
          </PageLink>
        </div>
      </div>
    </Shell>
  )
}
