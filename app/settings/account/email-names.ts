import { OWED } from '@/lib/mail/email-rules'
import type { OptionalEmail } from '@/lib/optional-emails'

/** What each kind that can be turned off is called, after “emails about”, and what it says. */
export const EMAIL_NAMES: Record<OptionalEmail, { name: string; title: string; detail: string }> = {
  usage: {
    name: 'your usage',
    title: 'Usage',
    detail: 'When four fifths of a period’s uses are used, and when all of them are.',
  },
  card: {
    name: 'a card that expires',
    title: 'Card expiring',
    detail:
      'In the last month of the card that is charged next. A charge that fails is always written about.',
  },
  trial: {
    name: 'the last days of a trial',
    title: 'Second trial reminder',
    detail: 'Three days before a trial ends, after the email of a week before, which always comes.',
  },
}

/** What always comes, and why: all that `lib/mail/email-rules.ts` has as owed. */
export const ALWAYS_SENT: readonly string[] = Object.values(OWED)
