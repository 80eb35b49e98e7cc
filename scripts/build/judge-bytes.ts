import type { PageBytes } from './page-bytes'

/** The pages that are weighed after each build. */
export const WEIGHED = [
  '/',
  '/pricing',
  '/sign-in',
  '/settings/billing',
  '/settings/billing/payment-method',
  '/settings/billing/plans',
  '/checkout/pay',
  '/checkout/return',
]

// A visitor who only compares prices loads what Next loads by itself, and next to nothing of ours.
const PRICING_OVER_EMPTY = 1.03

// Of the whole page of billing, as it travels.
const BILLING_BYTES = 170 * 1024

/** A line for each page, and what is too heavy. */
export function judgeBytes(pages: readonly PageBytes[]): { table: string; faults: string[] } {
  const lines = pages.map(({ page, all, empty }) => {
    const over = `${((all / empty - 1) * 100).toFixed(1)} %`
    return `${page.padEnd(34)}${kib(all).padStart(10)}${over.padStart(12)}`
  })
  const faults = pages.flatMap(({ page, all, empty }) => {
    if (page === '/pricing' && all > empty * PRICING_OVER_EMPTY)
      return [
        `${page} loads ${kib(all)} of JavaScript; 3 % more than an empty page are ${kib(empty * PRICING_OVER_EMPTY)}.`,
      ]
    if (page === '/settings/billing' && all > BILLING_BYTES)
      return [`${page} loads ${kib(all)} of JavaScript; ${kib(BILLING_BYTES)} are the most.`]
    return []
  })
  const head = `${'JavaScript, gzip'.padEnd(34)}${'page'.padStart(10)}${'over empty'.padStart(12)}`
  return { table: [head, ...lines].join('\n'), faults }
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`
}
