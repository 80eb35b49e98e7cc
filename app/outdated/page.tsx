import type { Metadata } from 'next'
import type { Query } from '@/app/components/read-refusal'
import { Shell } from '@/app/components/shell'
import { safePath } from '@/lib/auth/safe-path'
import { BRAND } from '@/lib/brand'

export const metadata: Metadata = { title: 'Open the page again', robots: { index: false } }

/** Where a form without scripts ends whose page is from before an update (`lib/requests/outdated-forms.ts`). */
export default async function OutdatedPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { from } = await searchParams
  return (
    <Shell>
      <div className="mx-auto grid max-w-[480px] gap-4 py-16">
        <h1 className="display text-3xl">Your page was from before an update.</h1>
        <p className="text-ink-2">
          {BRAND.name} was updated after you opened it, so what you sent could not be read. Nothing
          was done, and nothing was charged. Open the page again, and send it once more. What you
          typed is still there if you go back with your browser.
        </p>
        <a href={safePath(from, '/')} className="button button-primary justify-self-start">
          Open it again
        </a>
      </div>
    </Shell>
  )
}
