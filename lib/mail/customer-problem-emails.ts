import { listProblems } from '@/db/queries/customer-problems'
import { problemText } from '@/lib/customers/problem-text'
import type { CustomerId } from '@/lib/ids'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** What is wrong with customers now, for each operator; nothing when it has been put right meanwhile. */
export async function customerProblemEmails(
  { kind, customerId }: { kind: string; customerId: CustomerId | null },
  operators: readonly string[],
): Promise<Mail[]> {
  // One email a day names all that are missing: with a wrong key that is every customer.
  const missing = kind === 'customer.miss'
  const all = await listProblems(missing ? null : customerId)
  const problems = all.filter(({ missingAt }) => !missing || missingAt)
  const [first, ...more] = problems.toSorted((a, b) => Number(b.pays) - Number(a.pays))
  if (!first) return []
  const { what, next } = problemText(first)
  const rest = more.length > 0 ? [`The same is true of ${more.length} more.`] : []
  const title = missing ? 'A customer is not at Stripe' : 'A customer names another user'
  return operators.map((to) =>
    renderEmail({
      to,
      subject: `${title}: ${first.id}`,
      paragraphs: [what, ...rest, next, 'All that are open: npm run customers'],
      link: {
        label: 'Open it at Stripe',
        url: `https://dashboard.stripe.com/customers/${first.id}`,
      },
    }),
  )
}
