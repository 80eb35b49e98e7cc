import { expect, it } from 'vitest'
import { priceText } from '@/app/components/price-text'
import { BRAND } from '@/lib/brand'
import { ALL_PLANS, PAID_PLANS } from '@/lib/catalog/plans'
import { GET } from './route'

it('says to a program what is sold, as the pricing page says it to a person', async () => {
  const answer = GET()
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  expect(text).toMatch(new RegExp(`^# ${BRAND.name}\n\n> `))
  for (const { name, summary, monthlyUses } of ALL_PLANS) {
    expect(text).toContain(`- ${name}: `)
    expect(text).toContain(summary)
    expect(text).toContain(`${monthlyUses.toLocaleString('en-US')} uses a month`)
  }
  for (const { prices } of PAID_PLANS) expect(text).toContain(priceText(prices.month, 'month'))
})
