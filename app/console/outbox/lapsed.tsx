import { SubmitButton } from '@/app/components/submit-button'
import type { Fill } from '@/app/console/fill'
import { ReasonField } from '@/app/console/reason-field'
import { Section } from '@/app/console/section'
import type { LapsedUses } from '@/lib/console/lapsed-uses'
import { closeLapsed } from './actions'

type Props = { lapsed: readonly LapsedUses[]; seen: number; fill: Fill }

/** What was used and not billed, with what to do; nothing where there is none. */
export function Lapsed({ lapsed, seen, fill }: Props) {
  if (lapsed.length === 0) return null
  return (
    <Section id="lapsed" title="Not billed" aside="Older than 35 days: Stripe takes them no more">
      <ul className="card divide-y divide-line">
        {lapsed.map((uses) => (
          <Row key={`${uses.customerId} ${uses.eventName}`} uses={uses} seen={seen} fill={fill} />
        ))}
      </ul>
    </Section>
  )
}

type RowProps = Omit<Props, 'lapsed'> & { uses: LapsedUses }

function Row({ uses, seen, fill }: RowProps) {
  const { customerId, eventName } = uses
  const id = `${customerId}-${eventName}`
  return (
    <li className="px-3 py-2.5">
      <p>
        {uses.uses} of <span className="font-mono text-xs">{eventName}</span>, used by{' '}
        <a href={`/console?q=${customerId}`} className="link font-mono text-xs">
          {customerId}
        </a>{' '}
        {uses.from === uses.to ? `at ${uses.from}` : `from ${uses.from} to ${uses.to}`}
      </p>
      <details className="mt-1.5" open={fill.typed.form === id}>
        <summary className="link w-fit">
          Close…
          <span className="sr-only">
            {' '}
            {eventName} of {customerId}
          </span>
        </summary>
        <form action={closeLapsed} className="mt-2 grid max-w-xl gap-2">
          <p className="text-ink-2">
            Put them on the customer’s next invoice by hand at Stripe, or let them be. Then close
            them here and say which: nothing is billed by closing.
          </p>
          <input type="hidden" name="customer" value={customerId} />
          <input type="hidden" name="meter" value={eventName} />
          <input type="hidden" name="seen" value={seen} />
          <ReasonField id={id} fill={fill} />
          <SubmitButton busy="Closing…" className="min-h-10! justify-self-start text-sm!">
            Close them
          </SubmitButton>
        </form>
      </details>
    </li>
  )
}
