import { Icon } from '@/app/components/icons'
import { PageLink } from '@/app/components/page-link'

type Props = { to: string | null; again: string; devTools: boolean }

export function CheckMail({ to, again, devTools }: Props) {
  return (
    <div role="status" className="card p-7">
      <span className="inline-flex rounded-full bg-accent-soft p-2.5 text-accent-text">
        <Icon name="mail" className="size-5" />
      </span>
      <h1 className="display mt-4 text-2xl">Check your e-mail</h1>
      <p className="mt-2 text-ink-2">
        We sent a sign-in link to{' '}
        {to ? <strong className="font-semibold text-ink">{to}</strong> : 'you'}. It works once, for
        15 minutes, in any browser.
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        {devTools ? (
          <a href="/dev/mail" className="button button-primary">
            Open the captured mail
          </a>
        ) : null}
        <PageLink href={again as never} className="button">
          Use another address
        </PageLink>
      </div>
    </div>
  )
}
