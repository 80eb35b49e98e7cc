import type { OptionalEmail } from '@/lib/optional-emails'

/** What each kind that can be turned off is called, after “emails about”, and what it says. */
export const EMAIL_NAMES: Record<OptionalEmail, { name: string; title: string; detail: string }> = {
  usage: {
    name: 'your usage',
    title: 'Usage',
    detail: 'When four fifths of a period’s uses are used, and when all of them are.',
  },
}

/** What always comes, and why. */
export const ALWAYS_SENT = [
  'Receipts, failed payments and what your bank wants you to confirm',
  'A card that ends before its next charge, and a bank debit that is on its way or came back',
  'The end of a trial or of a plan, because it announces a charge or its end',
  'What was changed or canceled, a yearly renewal and another price, before they are charged',
  'Sign-in links that you ask for',
]
