import { PageLink } from '@/app/components/page-link'

/** The pages of the settings, in the order in which they are looked for. */
const PAGES = [
  ['/settings/billing', 'Overview'],
  ['/settings/billing/invoices', 'Invoices'],
  ['/settings/billing/details', 'Details'],
  ['/settings/billing/usage', 'Usage'],
  ['/settings/billing/activity', 'Activity'],
  ['/settings/account', 'Account'],
  ['/settings/sign-in-methods', 'Sign-in methods'],
  ['/settings/api-keys', 'API keys'],
] as const

export type SettingsPage = (typeof PAGES)[number][0]

/** The way between the pages of the settings; it wraps where there is no room. */
export function SettingsNav({ here }: { here: SettingsPage }) {
  return (
    <nav aria-label="Settings" className="-mx-2 mt-2 mb-6 flex flex-wrap text-[0.9375rem]">
      {PAGES.map(([href, label]) => (
        <PageLink
          key={href}
          href={href}
          aria-current={href === here ? 'page' : undefined}
          className="inline-flex min-h-11 items-center rounded-md px-2 text-ink-2 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:decoration-accent aria-[current=page]:underline-offset-[6px]"
        >
          {label}
        </PageLink>
      ))}
    </nav>
  )
}
