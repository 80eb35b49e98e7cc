import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import type { ShownPromotion } from '@/lib/promotions/read'

type Given = Extract<ShownPromotion, { kind: 'given' }>['promotion']

type Words = { title: string; detail: string }

/**
 * What a promotion code does, or that it does nothing. `code`: as it stands in the address.
 * `hasPlan`: its reader changes the plan that they have, to which no code goes along.
 */
export function promotionWords(
  shown: ShownPromotion,
  code: string,
  { hasPlan = false }: { hasPlan?: boolean } = {},
): Words {
  return hasPlan ? ofChange(shown, code) : ofPurchase(shown, code)
}

function ofChange(shown: ShownPromotion, code: string): Words {
  const { title } =
    shown.kind === 'given'
      ? { title: `The code ${shown.promotion.code} is for a new plan.` }
      : shown.kind === 'unknown'
        ? { title: 'A code is for a new plan.' }
        : ofPurchase(shown, code)
  return {
    title,
    detail:
      'You change the plan that you have, and no code goes along. You see what it costs first.',
  }
}

function ofPurchase(shown: ShownPromotion, code: string): Words {
  switch (shown.kind) {
    case 'given':
      return {
        title: `${offOf(shown.promotion)} with ${shown.promotion.code}`,
        detail: detailOf(shown.promotion),
      }
    case 'over':
      return {
        title: `The code ${shown.code} has ended.`,
        detail: 'The prices here are what you pay.',
      }
    case 'none':
      return {
        title: isPlain(code) ? `There is no code ${code}.` : 'That is no promotion code.',
        detail: 'The prices here are what you pay. Another code can be typed at Stripe.',
      }
    case 'unknown':
      return {
        title: 'We cannot look up your code just now.',
        detail: 'It goes to Stripe with you, and you see what it takes off before you confirm.',
      }
  }
}

// What stands in an address may be words of another site's: only what can be a code is repeated.
function isPlain(code: string): boolean {
  return /^[\w-]{1,30}$/.test(code)
}

// `20% off the first payment`.
function offOf({ percentOff, amountOff, duration, months }: Given): string {
  const off = amountOff ? formatMoney(amountOff, 'en-US', { trim: true }) : `${percentOff}%`
  if (duration === 'forever') return `${off} off every payment`
  if (duration === 'once' || months === null) return `${off} off the first payment`
  return `${off} off for ${months} ${months === 1 ? 'month' : 'months'}`
}

function detailOf({ until, minimum, firstTime, customerId, products }: Given): string {
  const limits = [
    ...(firstTime ? ['for a first purchase'] : []),
    ...(minimum ? [`from ${formatMoney(minimum, 'en-US', { trim: true })} on`] : []),
    ...(customerId ? ['for one customer'] : []),
    ...(products ? ['not for every plan'] : []),
    ...(until ? [`until ${formatDay(until)}`] : []),
  ]
  const which = limits.length > 0 ? `It holds ${limits.join(', ')}. ` : ''
  return `${which}The prices here are without it. Checkout takes it off, and shows the total before you confirm.`
}
