import { Day } from '@/app/components/day'
import { PageLink } from '@/app/components/page-link'
import { SubmitButton } from '@/app/components/submit-button'
import { METHOD_NAMES } from '@/lib/auth/method-names'
import type { OwnMethod } from '@/lib/auth/read-methods'
import { allowLinks } from './actions'
import { ConfirmRemoval } from './confirm-removal'

type Props = {
  method: OwnMethod
  /** The other ones that work. */
  others: OwnMethod[]
  /** Whether the page was opened to remove this one. */
  asked: boolean
}

/** One way into the account: what it is, since when, and how to be rid of it. */
export function MethodRow({ method, others, asked }: Props) {
  return (
    <li className="py-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-40">
          <h2 className="font-semibold">{TITLES[method.id]}</h2>
          <p className="mt-0.5 break-words text-[0.9375rem] text-ink-2">
            <Detail method={method} />
          </p>
        </div>
        {asked && method.removable ? null : <Choice method={method} />}
      </div>
      {asked && method.removable ? <ConfirmRemoval method={method} others={others} /> : null}
    </li>
  )
}

const TITLES = { ...METHOD_NAMES, email: 'Link by email' }

function Detail({ method }: { method: OwnMethod }) {
  if (method.id === 'email') {
    if (method.works) return `Sent to ${method.address}.`
    return method.off ? `Turned off for ${method.address}.` : 'Not available at the moment.'
  }
  return (
    <>
      Since <Day of={method.since} />.{method.works ? null : ' Not available at the moment.'}
    </>
  )
}

function Choice({ method }: { method: OwnMethod }) {
  const name = TITLES[method.id]
  if (method.id === 'email' && method.off && !method.works) {
    return (
      <form action={allowLinks}>
        <SubmitButton busy="Turning on…">
          Turn on<span className="sr-only">: {name}</span>
        </SubmitButton>
      </form>
    )
  }
  if (!method.removable) {
    return <p className="text-ink-3 text-sm">The only way in, so it stays.</p>
  }
  return (
    <PageLink
      href={`/settings/sign-in-methods?remove=${method.id}`}
      className="button button-quiet"
    >
      Remove…<span className="sr-only">: {name}</span>
    </PageLink>
  )
}
