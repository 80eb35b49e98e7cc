import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { FREE } from '@/app/dev/states/subscribers'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { PlanActions } from './plan-actions'
import { OpenCheckout } from './plans/open-checkout'

// The forms, whose actions need a server to run.
vi.mock('./act-button', () => ({ ActButton: () => null }))
vi.mock('@/app/pricing/actions', () => ({ upgrade: '/upgrade' }))

const LIST = formatMoney(ENTRY_PLAN.prices.month, 'en-US', { trim: true })

test('what is more than Free is named with its price, and without it where that is not the customer’s currency', () => {
  const shown = (price: typeof FREE.price) =>
    renderToStaticMarkup(<PlanActions billing={{ ...FREE, price }} />)
  const { currency } = ENTRY_PLAN.prices.month
  for (const page of [shown(null), shown({ amount: 900, currency })]) expect(page).toContain(LIST)
  const abroad = shown({ amount: 2800, currency: 'jpy' })
  expect(abroad).toContain(`${ENTRY_PLAN.name} raises it`)
  expect(abroad).not.toContain(LIST)
})

test('a checkout that was left is offered again without an amount, which its code or currency may change', () => {
  const choice = { tier: ENTRY_PLAN.tier, interval: 'month' } as const
  const page = renderToStaticMarkup(<OpenCheckout choice={choice} />)
  expect(page).toContain(`Your checkout of ${ENTRY_PLAN.name} monthly is still open.`)
  expect(page).not.toContain(LIST)
})
