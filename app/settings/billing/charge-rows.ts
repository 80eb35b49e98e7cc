import { cardText } from '@/app/components/card-text'
import { carriedText } from '@/lib/carried-text'
import type { InvoicePreview, PaidWith, PreviewDiscount } from '@/lib/charge'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'

/** `key`: two lines may say the same of two items. */
export type ChargeRow = { key: string; label: string; value: Money }

/** Everything that makes up an amount, line by line: they add up to what is due. */
export function chargeRows(preview: InvoicePreview): ChargeRow[] {
  const { currency, lines, discounts, tax, total, balance, carried } = preview
  const rows = [
    ...lines.map(({ text, amount }) => [text ?? 'Other items', amount] as const),
    ...discounts.map((each) => [discountLabel(each, currency), -each.amount] as const),
    ...(tax.added === 0 ? [] : [['Tax', tax.added] as const]),
    ...(balance === 0 ? [] : [[balanceLabel(total, balance), balance] as const]),
    ...(carried === 0 ? [] : [['Owed with your next invoice', -carried] as const]),
  ]
  return rows.map(([label, amount], nth) => ({
    ...{ key: `${nth}`, label },
    value: { amount, currency },
  }))
}

// What it is called, what it takes off, and how long it goes on.
function discountLabel({ name, percent, amount, lasts }: PreviewDiscount, currency: string) {
  const off = percent === null ? formatMoney({ amount, currency }) : `${percent}%`
  const what = name ? `${name}, ${off} off` : `${off} off`
  if (lasts === 'forever') return what
  return lasts === 'once' ? `${what}, this time` : `${what}, until ${formatDay(lasts.until)}`
}

function balanceLabel(total: number, balance: number): string {
  if (balance < 0) return 'Your credit'
  return total < 0 ? 'Kept as credit for later' : 'Left from earlier invoices'
}

/** What is to be known about the amount besides: what it is paid with, and which tax is in it. */
export function chargeNotes({ tax, carried, currency }: InvoicePreview): string[] {
  const included = formatMoney({ amount: tax.included, currency })
  return [
    ...(carried > 0 ? [carriedText({ amount: carried, currency })] : []),
    ...(tax.included > 0 ? [`${included} of it is tax.`] : []),
    ...(tax.isUnknown ? ['Tax may be added, once your address is known.'] : []),
  ]
}

/** `Visa •••• 4242`, or what else it is paid with; null where its kind is all that is known. */
export function paidWithText(method: PaidWith): string | null {
  switch (method.kind) {
    case 'card':
      return cardText(method)
    case 'bank':
      return [method.bank ?? 'Bank account', method.last4 && `•••• ${method.last4}`]
        .filter(Boolean)
        .join(' ')
    case 'other':
      return OTHERS[method.type] ?? null
    case 'invoice':
      return null
  }
}

// Stripe's words for wallets and the like, as their owners know them.
const OTHERS: Record<string, string> = {
  link: 'Link',
  paypal: 'PayPal',
  cashapp: 'Cash App',
  amazon_pay: 'Amazon Pay',
  revolut_pay: 'Revolut Pay',
}
