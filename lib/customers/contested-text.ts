import type { Contested } from '@/db/queries/customer-claims'

/** What is wrong with a customer that was taken over, whose owner has another, and what an operator can do. */
export function contestedText({ id, keeps, pays }: Contested): { what: string; next: string } {
  return {
    what: `${id} was taken over and waits for its owner, who has signed in and has ${keeps} already. That one stays; ${id} belongs to no workspace${pays ? ' and pays' : ''}.`,
    next: TOO_MANY,
  }
}

const TOO_MANY =
  'Cancel and refund the one that is too many, or delete it at Stripe: if it is the first, the other follows at the next sign-in of its owner.'
