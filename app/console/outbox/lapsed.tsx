import type { Fill } from '@/app/console/fill'
import { FoldedAct } from '@/app/console/folded-act'
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
      <FoldedAct
        id={id}
        fill={fill}
        seen={seen}
        run={closeLapsed}
        summary={
          <>
            Close…
            <span className="sr-only">
              {' '}
              {eventName} of {customerId}
            </span>
          </>
        }
        button="Close them"
        busy="Closing…"
      >
        <p className="text-ink-2">
          Put them on the customer’s next invoice by hand at Stripe, or let them be. Then close them
          here and say which: nothing is billed by closing.
        </p>
        <input type="hidden" name="customer" value={customerId} />
        <input type="hidden" name="meter" value={eventName} />
      </FoldedAct>
    </li>
  )
}
