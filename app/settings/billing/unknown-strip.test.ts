import { expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { BRAND } from '@/lib/brand'
import { stateStrips } from './state-strips'

test('an unknown status is shown without a guess, and its customer can ask again or write', () => {
  const state = STATES.find(({ name }) => name === 'A status that Stripe may add one day')
  expect(state ? stateStrips(state.billing)[0] : null).toMatchObject({
    kind: 'unknown',
    action: { to: 'look', label: 'Ask Stripe again' },
    also: { to: 'write', url: expect.stringContaining(`mailto:${BRAND.supportEmail}?subject=`) },
  })
})
