import type { ReactNode } from 'react'
import { Icon } from '@/app/components/icons'
import { Nothing, Section } from '@/app/console/section'
import { When } from '@/app/console/when'
import type { AtStripe } from '@/lib/console/at-stripe'
import { type Compared, compare } from '@/lib/console/compare'
import type { CustomerFile } from '@/lib/console/customer'

type Props = { file: CustomerFile; atStripe: AtStripe | null }

/** Each subscription as our records have it, beside what Stripe says now; what differs is marked, in words too. */
export function ComparedSubscriptions({ file, atStripe }: Props) {
  const shown = atStripe?.kind === 'shown'
  const compared = shown ? atStripe.compared : compare(file.subscriptions, [])
  const former = compare(file.formerSubscriptions, [])
  return (
    <Section
      id="subscriptions"
      title="Ours beside Stripe"
      aside={
        file.target?.lastSyncedAt ? (
          <>
            Ours of <When at={file.target.lastSyncedAt} />
          </>
        ) : (
          'Stripe was never read for it'
        )
      }
    >
      <Word atStripe={atStripe} />
      {compared.length === 0 ? <Nothing>There is no subscription.</Nothing> : null}
      <div className="grid gap-3">
        {compared.map((each) => (
          <Sides key={each.id} of={each} shown={shown} />
        ))}
      </div>
      {former.length > 0 ? (
        <>
          <h3 className="mt-3 mb-2 text-ink-2">Had, as a former customer at Stripe</h3>
          <div className="grid gap-3">
            {former.map((each) => (
              <Sides key={each.id} of={each} shown={false} />
            ))}
          </div>
        </>
      ) : null}
    </Section>
  )
}

function Word({ atStripe }: { atStripe: AtStripe | null }) {
  if (!atStripe) return null
  if (atStripe.kind === 'away')
    return <Note bad>Stripe does not answer now. This is what our records say.</Note>
  if (atStripe.kind === 'paced')
    return (
      <Note bad>
        You had Stripe read often. This is what our records say; try again in{' '}
        {atStripe.retryAfterSeconds} seconds.
      </Note>
    )
  if (atStripe.gone)
    return (
      <Note bad>
        {atStripe.gone === 'deleted'
          ? 'Stripe says that this customer was deleted there.'
          : 'Stripe says that it has no such customer. Is the key of the right account?'}
      </Note>
    )
  const count = atStripe.compared.filter(({ differs }) => differs).length
  return count === 0 ? (
    <Note>
      In sync with Stripe, as of <When at={atStripe.readAt} />.
    </Note>
  ) : (
    <Note bad>
      {count === 1 ? 'One subscription differs' : `${count} subscriptions differ`} from what Stripe
      says. Sync brings our records up to date.
    </Note>
  )
}

function Note({ bad = false, children }: { bad?: boolean; children: ReactNode }) {
  return (
    <p
      role="status"
      className={`mb-3 flex items-baseline gap-2 rounded-md px-3 py-2 ${bad ? 'bg-warn-soft text-warn' : 'bg-ok-soft text-ok'}`}
    >
      <Icon name={bad ? 'alert' : 'check'} className="size-3.5 translate-y-0.5" />
      <span>{children}</span>
    </p>
  )
}

function Sides({ of: { id, fields }, shown }: { of: Compared; shown: boolean }) {
  return (
    <div className="card scroll-x relative">
      <table className="w-full border-collapse text-left max-sm:table-fixed">
        <caption className="px-3 py-2 text-left font-mono text-xs">{id}</caption>
        <thead>
          <tr className="border-line border-y bg-subtle text-ink-3 text-xs">
            <th scope="col" className="h-8 w-32 px-3 font-medium max-sm:w-auto">
              Field
            </th>
            <th scope="col" className="px-3 font-medium">
              Ours
            </th>
            {shown ? (
              <th scope="col" className="px-3 font-medium">
                Stripe, now
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ label, ours, stripe, differs }) => {
            const marked = shown && differs
            return (
              <tr key={label} className={marked ? 'bg-warn-soft' : ''}>
                <th scope="row" className="px-3 py-1 font-normal text-ink-3 sm:whitespace-nowrap">
                  {label}
                  {marked ? <span className="font-semibold text-warn"> ≠ differs</span> : null}
                </th>
                <td className="wrap-anywhere px-3 py-1">{ours ?? 'not in our records'}</td>
                {shown ? (
                  <td className="wrap-anywhere px-3 py-1">{stripe ?? 'not at Stripe'}</td>
                ) : null}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
