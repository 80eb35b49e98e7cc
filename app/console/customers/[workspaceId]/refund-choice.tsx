import { Suspense } from 'react'
import { readRefundable } from '@/lib/console/refundable'
import type { SubscriptionId, UserId } from '@/lib/ids'
import { formatMoney } from '@/lib/money'

type Props = { id: string; of: Asked }
type Asked = { subscription: SubscriptionId; operator: { id: UserId } }

/** Whether the money goes back: there is no default, because either is wrong half of the time. */
export function RefundChoice({ id, of }: Props) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">The current period</legend>
      {(
        [
          ['yes', 'Refund all of it'],
          ['no', 'Refund nothing'],
        ] as const
      ).map(([value, label]) => (
        <label key={value} className="flex min-h-8 items-center gap-2" htmlFor={`${id}-${value}`}>
          <input
            id={`${id}-${value}`}
            type="radio"
            name="refund"
            value={value}
            required
            className="size-4 accent-accent"
          />
          <span>
            {label}
            {value === 'yes' ? (
              <Suspense>
                <Amount of={of} />
              </Suspense>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

async function Amount({ of: { subscription, operator } }: { of: Asked }) {
  const money = await readRefundable(subscription, operator)
  return money ? `: ${formatMoney(money)}` : ' (Stripe does not say now how much that is)'
}
