import { listContested } from '@/db/queries/customer-claims'
import { listProblems } from '@/db/queries/customer-problems'
import type { CustomerId } from '@/lib/ids'
import { contestedText } from './contested-text'
import { problemText } from './problem-text'

/** What is wrong with a customer, and what an operator can do. */
export type ToLookAt = { id: CustomerId; what: string; next: string }

// More than an operator reads; the first ones are the oldest.
const CONTESTED = 200

/** The customers that an operator has to look at: in conflict, missing at Stripe, or of an owner who has another. */
export async function readProblems(): Promise<ToLookAt[]> {
  const [problems, contested] = await Promise.all([listProblems(), listContested(CONTESTED)])
  return [
    ...problems.map((each) => ({ id: each.id, ...problemText(each) })),
    ...contested.map((each) => ({ id: each.id, ...contestedText(each) })),
  ]
}
