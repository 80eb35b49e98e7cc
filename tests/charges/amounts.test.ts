import { describe, expect, it } from 'vitest'
import { formatMoney } from '@/lib/money'
import { amountsIn, receiptRows } from './amounts'

describe('an amount on a page', () => {
  it.each([
    ['usd', 1_234_567],
    ['eur', 5],
    ['jpy', 1_900],
    ['kwd', 1_234_560],
    ['usd', -480],
    ['kwd', 0],
  ])('of %s is read back as it was written: %i', (currency, amount) => {
    const text = `You pay ${formatMoney({ amount, currency })}.`
    expect(amountsIn(text)).toEqual([{ amount, currency }])
  })

  it('is not a number of something else', () => {
    expect(amountsIn('3 × Pro until December 7, 2026, 20% off')).toEqual([])
  })

  it('stands in the row of its receipt', () => {
    const html = '<div><dt class="leader">Tax</dt><dd><span>$1.90</span></dd></div>'
    expect(receiptRows(html)).toEqual([
      { label: 'Tax', amounts: [{ amount: 190, currency: 'usd' }] },
    ])
  })
})
