import { z } from 'zod'
import { listProblems } from '@/db/queries/customer-problems'
import { listSuspects } from '@/db/queries/subscription-problems'
import { readCustomerFile } from '@/lib/console/customer'
import { problemText } from '@/lib/customers/problem-text'
import { Invalid } from '@/lib/errors'
import { subscriptionProblems } from '@/lib/subscriptions/problems'
import { productionPorts } from '@/lib/sync/production-ports'
import { findOne } from './find-one'
import { requireDatabase } from './prepare'
import { tool } from './tool'

/** `npm run customers`, and the page of one customer, for an agent. */
export const customerTool = tool({
  title: 'A customer, or those with a problem',
  description:
    'What our records say of one customer: plan, subscriptions, what each feature is decided by, overrides, credits, emails that were sent, and when Stripe was last read. Without "whom": the customers and subscriptions that an operator has to look at, with what to do.',
  takes: z.strictObject({
    whom: z
      .string()
      .min(1)
      .optional()
      .describe('an email address, a workspace id, or an id of Stripe such as cus_… or in_…'),
  }),
  async run({ whom }, ready) {
    requireDatabase(ready)
    return whom === undefined ? problems() : fileOf(whom)
  },
})

async function problems() {
  const [customers, suspects, now] = await Promise.all([
    listProblems(),
    listSuspects(),
    productionPorts().clock.now(),
  ])
  return {
    customers: customers.map(problemText),
    subscriptions: subscriptionProblems(suspects, { now }),
  }
}

async function fileOf(whom: string) {
  const workspaceId = await findOne(whom)
  const file = await readCustomerFile(workspaceId)
  if (!file) throw new Invalid({ internal: `There is no workspace ${workspaceId}.` })
  const { members, customers, customerId, subscriptions, formerSubscriptions } = file
  const { billing, credits, overrides, decisions, target, now, mails } = file
  return {
    ...{ workspaceId, now, customerId, billing, credits },
    members: members.map(({ userId, email, role }) => ({ userId, email, role })),
    customers: customers.map(({ id, livemode, createdAt, deletedAt, missingAt, conflict }) => ({
      ...{ id, livemode, createdAt, deletedAt, missingAt, conflict },
    })),
    ...{ subscriptions, formerSubscriptions, overrides },
    decisions: decisions.map(({ feature, decision: { allowed, rule, sentence } }) => ({
      ...{ feature, allowed, rule, sentence },
    })),
    lastRead: target,
    // What they say stands in the console: here it is enough that they went.
    emails: mails.map(({ key, createdAt, deliveredAt, lastError }) => ({
      ...{ key, createdAt, deliveredAt, lastError },
    })),
  }
}
