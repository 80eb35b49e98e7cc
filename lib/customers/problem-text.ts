import type { CustomerProblem } from '@/db/queries/customer-problems'

/** What is wrong with a customer and which way it was decided, then what an operator can do. */
export function problemText(problem: CustomerProblem): { what: string; next: string } {
  const { id, conflict, missingAt, claimedWorkspaceId, workspaceId, keeps, pays } = problem
  if (missingAt) {
    return {
      what: `Stripe says that it never had ${id}.${pays ? ' By our records it has a living plan, which lasts until what was paid for is over.' : ''}`,
      next: `Is STRIPE_SECRET_KEY of the right account? With the right key it is found by itself. If Stripe has really lost it, give it up: npm run customers -- retire ${id} --reason "…"`,
    }
  }
  const names = `In Stripe, the metadata of ${id} name the workspace ${claimedWorkspaceId}`
  switch (conflict) {
    case 'belongs_to_another':
      return {
        what: `${names}, and it belongs to ${workspaceId}, which keeps it.`,
        next: 'If the metadata are wrong, put them right. A customer is never moved: if the other workspace is to have it, cancel here and let it buy.',
      }
    case 'workspace_has_another':
      return {
        what: `${names}, which has ${keeps ?? 'another customer'} already. That one stays; ${id} belongs to no workspace${pays ? ' and pays' : ''}.`,
        next: 'Cancel and refund the one that is too many, or delete it at Stripe: if it is the first, the other follows by itself.',
      }
    default:
      return {
        what: `${names}, which does not exist. It belongs to no workspace${pays ? ' and pays' : ''}.`,
        next: 'Put the id of an existing workspace into its metadata, as workspace_id: it is linked with the next event, or within a day. A user’s own has the user’s id.',
      }
  }
}
