import type { Money } from '@/lib/money'

// Each currency of these lifecycles as it is written, by a reading of its own: every amount has all of its decimals.
const SIGNS: Record<string, string> = { $: 'usd', '€': 'eur', '¥': 'jpy', KWD: 'kwd' }
const AMOUNT = /(-?)(\$|€|¥|KWD)\s?([\d,]+(?:\.\d+)?)/g

/** Every amount in a text that a person reads, in the order in which it stands there; in minor units. */
export function amountsIn(text: string): Money[] {
  return [...text.matchAll(AMOUNT)].map(([, minus, sign = '', digits = '']) => ({
    amount: Number(digits.replace(/[.,]/g, '')) * (minus ? -1 : 1) + 0,
    currency: SIGNS[sign] ?? sign,
  }))
}

/** What a person reads of a page. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The rows of every receipt on a page, the last of each being its sum where it has one. */
export function receiptRows(html: string): { label: string; amounts: Money[] }[] {
  return [...html.matchAll(/<dt[^>]*>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/g)].map(
    ([, label = '', value = '']) => ({ label: textOf(label), amounts: amountsIn(textOf(value)) }),
  )
}
