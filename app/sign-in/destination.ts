import { intentQuery, readIntent } from '@/app/components/intent'
import type { Query } from '@/app/components/refusals'
import { safePath } from '@/lib/auth/safe-path'

/** Where signing in leads: to the checkout of the plan that was chosen, to the page that asked, or to billing. */
export function destination(query: Query): string {
  const choice = readIntent(query.plan, query.interval)
  return choice ? `/checkout/continue?${intentQuery(choice)}` : safePath(query.return)
}
