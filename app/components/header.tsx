import { signOut } from '@/app/sign-in/actions'
import { PageLink } from './page-link'
import { Wordmark } from './wordmark'

type Viewer = { email: string }

const LINK =
  'inline-flex min-h-11 items-center rounded-md px-[min(0.5rem,1.8vw)] sm:px-3 text-[0.9375rem] text-ink-2 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-[6px]'

/** Static pages cannot know who looks at them, so they show "Sign in"; that page sends a signed-in person on. */
export function Header({
  viewer,
  here,
}: {
  viewer?: Viewer
  here?: 'pricing' | 'billing' | 'reports'
}) {
  return (
    <header className="border-line border-b">
      <div className="mx-auto flex w-full max-w-[1120px] flex-wrap items-center justify-between gap-x-3 px-5 py-2.5">
        <Wordmark compact />
        <nav
          aria-label="Main"
          className="-mx-[min(0.5rem,1.8vw)] flex flex-wrap items-center sm:-mx-3"
        >
          <PageLink
            href="/pricing"
            className={LINK}
            aria-current={here === 'pricing' ? 'page' : undefined}
          >
            Pricing
          </PageLink>
          <PageLink
            href="/settings/billing"
            className={LINK}
            aria-current={here === 'billing' ? 'page' : undefined}
          >
            Billing
          </PageLink>
          <PageLink
            href="/reports"
            className={LINK}
            aria-current={here === 'reports' ? 'page' : undefined}
          >
            Reports
          </PageLink>
          {viewer ? (
            <form action={signOut}>
              <button type="submit" className={LINK} title={`Signed in as ${viewer.email}`}>
                Sign out
              </button>
            </form>
          ) : (
            <PageLink href="/sign-in" className={LINK}>
              Sign in
            </PageLink>
          )}
        </nav>
      </div>
    </header>
  )
}
