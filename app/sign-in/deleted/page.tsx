import type { Metadata } from 'next'
import { connection } from 'next/server'
import { PageLink } from '@/app/components/page-link'
import { Shell } from '@/app/components/shell'

export const metadata: Metadata = { title: 'Account deleted', robots: { index: false } }

/** Where the owner of a deleted account ends. It knows no one, and says the same to everyone. */
export default async function DeletedPage() {
  // Its policy is one of a page that is made for its request, as that of all pages of this folder.
  await connection()
  return (
    <Shell>
      <div className="mx-auto grid max-w-[480px] gap-4 py-16">
        <h1 className="display text-3xl">Your account is being deleted.</h1>
        <p className="text-ink-2">
          You are signed out everywhere. Your plan is ended at Stripe first; then what says who you
          are is removed. That takes a minute, or longer while Stripe cannot be reached. There is
          nothing more for you to do.
        </p>
        <PageLink href="/" className="button justify-self-start">
          Go to the start page
        </PageLink>
      </div>
    </Shell>
  )
}
