import { expect, test } from 'vitest'
import type { ShownPromotion } from '@/lib/promotions/read'
import { promotionWords } from './promotion-words'

type Given = Extract<ShownPromotion, { kind: 'given' }>

const PROMOTION: Given['promotion'] = {
  id: 'promo_1',
  code: 'LAUNCH20',
  isActive: true,
  until: null,
  customerId: null,
  firstTime: false,
  minimum: null,
  percentOff: 20,
  amountOff: null,
  duration: 'once',
  months: null,
  products: null,
}
const usd = (amount: number) => ({ amount, currency: 'usd' })

test.each([
  [{}, '20% off the first payment with LAUNCH20'],
  [{ duration: 'forever' }, '20% off every payment with LAUNCH20'],
  [{ duration: 'repeating', months: 3 }, '20% off for 3 months with LAUNCH20'],
  [{ duration: 'repeating', months: 1 }, '20% off for 1 month with LAUNCH20'],
  [{ percentOff: null, amountOff: usd(500) }, '$5 off the first payment with LAUNCH20'],
  [{ percentOff: 12.5 }, '12.5% off the first payment with LAUNCH20'],
] as const)('a code of %j says what it takes off, and for how long', (over, title) => {
  expect(titleOf(over)).toBe(title)
})

test('its limits are said before it is used', () => {
  const promotion = {
    ...PROMOTION,
    firstTime: true,
    minimum: usd(2000),
    until: new Date('2027-01-31'),
  }
  expect(promotionWords({ kind: 'given', promotion }, 'launch20').detail).toMatch(
    /^It holds for a first purchase, from \$20 on, until January 31, 2027\. /,
  )
})

test('a code that ended, that is none or that could not be looked up is said plainly', () => {
  expect(promotionWords({ kind: 'over', code: 'LAUNCH20' }, 'launch20').title).toBe(
    'The code LAUNCH20 has ended.',
  )
  expect(promotionWords({ kind: 'none' }, 'NOPE').title).toBe('There is no code NOPE.')
  expect(promotionWords({ kind: 'unknown' }, 'NOPE').title).toMatch(/cannot look up/)
})

test('words that another site put into the address are never repeated', () => {
  const given = 'Call 555 0100 to get your money back'
  const { title, detail } = promotionWords({ kind: 'none' }, given)
  expect(`${title} ${detail}`).not.toContain('555')
})

test.each([
  [{ kind: 'given', promotion: PROMOTION }, 'The code LAUNCH20 is for a new plan.'],
  [{ kind: 'unknown' }, 'A code is for a new plan.'],
  [{ kind: 'over', code: 'LAUNCH20' }, 'The code LAUNCH20 has ended.'],
  [{ kind: 'none' }, 'There is no code LAUNCH20.'],
] as const)(
  'to a subscriber, who changes their plan, a code of %j promises nothing',
  (shown, title) => {
    const words = promotionWords(shown, 'LAUNCH20', { hasPlan: true })
    expect(words.title).toBe(title)
    expect(words.detail).toMatch(/no code goes along/)
  },
)

function titleOf(over: Partial<Given['promotion']>): string {
  return promotionWords({ kind: 'given', promotion: { ...PROMOTION, ...over } }, 'LAUNCH20').title
}
