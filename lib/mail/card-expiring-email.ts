import { formatDay } from '@/lib/day'
import type { ChargedCard } from '@/lib/stripe/charged-card'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** The card that pays for a plan is about to expire: which, when, what follows, and where to change it. */
export function cardExpiringEmail(given: {
  to: string
  card: Pick<ChargedCard, 'brand' | 'last4' | 'expiresAt'>
  /** When it is charged next; null where it is not. */
  chargedAt: Date | null
  billingUrl: string
}): Mail {
  const { to, card, chargedAt, billingUrl } = given
  const name = `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} •••• ${card.last4}`
  // Its last day, as the card itself says it.
  const last = formatDay(new Date(card.expiresAt.getTime() - 1))
  return renderEmail({
    to,
    subject: `Your card ${name} expires on ${last}`,
    paragraphs: [
      `Your plan is charged to ${name}, which expires on ${last}.`,
      chargedAt
        ? `The next charge is on ${formatDay(chargedAt)}. Add a new card before, so that it does not fail.`
        : 'Add a new card, so that the next charge does not fail.',
    ],
    facts: [
      ['Card', name],
      ['Expires', last],
      chargedAt ? ['Next charge', formatDay(chargedAt)] : null,
    ],
    link: { label: 'Change your card', url: billingUrl },
  })
}
