import type { Route } from 'next'
import { Icon } from '@/app/components/icons'
import { PageLink } from '@/app/components/page-link'
import type { Query } from '@/app/components/read-refusal'
import { SubmitButton } from '@/app/components/submit-button'
import { sendLink } from './actions'
import { FocusedHeading } from './focused-heading'
import { KeptFields } from './kept-fields'

type Props = { to: string; query: Query; otherAddress: Route; devTools: boolean }

/** Where the link went, what to do with it, and what to do when it does not come. */
export function CheckMail({ to, query, otherAddress, devTools }: Props) {
  return (
    <div className="card p-[min(1.75rem,6vw)]">
      <span className="inline-flex rounded-full bg-accent-soft p-2.5 text-accent-text">
        <Icon name="mail" className="size-5" />
      </span>
      <FocusedHeading className="display mt-4 text-2xl">Check your email</FocusedHeading>
      <p role="status" className="mt-2 text-ink-2">
        We sent {query.sent === 'again' ? 'another' : 'a'} sign-in link to{' '}
        <strong className="wrap-anywhere font-semibold text-ink">{to}</strong>. It works once, for
        15 minutes, in any browser.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        {devTools ? (
          <a href="/dev/mail" className="button button-primary">
            Open the captured mail
          </a>
        ) : null}
        <form action={sendLink}>
          <KeptFields query={query} />
          <input type="hidden" name="email" value={to} />
          <input type="hidden" name="again" value="yes" />
          <SubmitButton busy="Sending the link…">Send again</SubmitButton>
        </form>
        <PageLink href={otherAddress} className="button">
          Use another address
        </PageLink>
      </div>
    </div>
  )
}
