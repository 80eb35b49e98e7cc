import { Icon } from '@/app/components/icons'
import { Money } from '@/app/components/money'
import { Receipt, ReceiptRow, ReceiptTotal } from '@/app/components/receipt'
import { RECOMMENDED } from '@/lib/catalog/plans'

/** What a customer holds in the end. The plan and its price are the catalog's; the rest is an example and says so. */
export function SampleReceipt() {
  const { name, prices, monthlyUses } = RECOMMENDED
  return (
    <figure className="card p-[min(1.5rem,6vw)] sm:p-7">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="display text-xl">{name}</p>
        <p className="inline-flex items-center gap-1.5 rounded-full bg-ok-soft px-2.5 py-1 font-medium text-ok text-sm">
          <Icon name="check" className="size-3.5" />
          Active
        </p>
      </div>
      <div className="mt-4 border-line border-t pt-3">
        <Receipt label="An example receipt">
          <ReceiptRow label={`${name}, monthly`}>
            <Money of={prices.month} />
          </ReceiptRow>
          <ReceiptRow label="Paid with">Visa •••• 4242</ReceiptRow>
          <ReceiptRow label="Uses a month">{monthlyUses.toLocaleString('en-US')}</ReceiptRow>
          <ReceiptRow label="Renews on">December 23, 2026</ReceiptRow>
          <ReceiptTotal label="Paid">
            <Money of={prices.month} />
          </ReceiptTotal>
        </Receipt>
      </div>
      <figcaption className="mt-5 text-ink-3 text-sm">
        An example. Access follows what Stripe says, and every change has a name beside it.
      </figcaption>
    </figure>
  )
}
