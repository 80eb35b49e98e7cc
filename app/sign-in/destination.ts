import { choiceQuery, readChoiceQuery } from '@/app/components/choice-query'
import type { Query } from '@/app/components/read-refusal'
import { safePath } from '@/lib/auth/safe-path'

/** Where signing in leads: to the checkout of the plan that was chosen, to the page that asked, or to billing. */
export function destination(query: Query): string {
  const choice = readChoiceQuery(query.plan, query.interval)
  return choice
    ? `/checkout/continue?${choiceQuery(choice, query.code, query.from)}`
    : safePath(query.return)
}
