import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { newUserId } from '@/lib/ids.fixture'
import { CancelPlan } from './cancel-plan'

// It brings next-auth along, which only a bundler resolves.
vi.mock('@/app/settings/billing/acts', () => ({ cancelPlan: '/cancel', pausePlan: '/pause' }))

vi.mock('@/lib/env', () => ({ env: () => ({ auth: { secret: 'a-secret-of-ours' } }) }))

const USER = newUserId()

const page = (name: string, isCanceling: boolean) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return renderToStaticMarkup(
    <CancelPlan owner={USER} billing={{ ...found.billing, isCanceling }} />,
  )
}
const ending = (name: string) => page(name, true)

test.each(['past_due, in grace', 'unpaid', 'incomplete'])(
  'a plan that is %s and set to end can be ended at once, as its bank may still be asked',
  (name) => {
    expect(ending(name)).toContain('Cancel plan now')
    expect(ending(name)).not.toContain('canceled already')
    // A link that changes nothing keeps nothing that is set to end.
    expect(ending(name)).not.toContain('Keep ')
    expect(ending(name)).toContain('Back to billing')
    expect(page(name, false)).toContain('Keep ')
    // What is not in order cannot be changed instead.
    expect(page(name, false)).not.toContain('Compare plans')
  },
)

test('where a plan may be ended at once its refund is named before its button, and otherwise there is no such button', () => {
  const found = STATES.find(({ name }) => name === 'active')
  if (!found) throw new Error('There is no such state.')
  const shown = (amount: number) => {
    const endNow = { refund: { amount, currency: 'usd' }, offer: 'sealed' }
    return renderToStaticMarkup(<CancelPlan owner={USER} billing={found.billing} endNow={endNow} />)
  }
  expect(page('active', false)).not.toContain('End it now')
  const html = shown(950)
  expect(html).toContain('value="sealed"')
  expect(html.indexOf('for the time that is left is sent back')).toBeGreaterThan(0)
  expect(html.match(/\$9\.50/g)).toHaveLength(2)
  expect(html).toContain('it cannot be taken back')
  expect(shown(0)).toContain('Nothing is sent back for the time that is left.')
})

test.each(['active', 'trialing', 'paused'])(
  'a plan that is %s and set to end is canceled already: nothing is asked for until then',
  (name) => {
    expect(ending(name)).toContain('is canceled already.')
    expect(ending(name)).not.toContain('<form')
  },
)

test.each(['active', 'trialing'])('a plan that is %s can be changed instead', (name) => {
  expect(page(name, false)).toContain('Compare plans')
})
