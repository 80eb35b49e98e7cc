import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { listSuspects } from '@/db/queries/subscription-problems'
import { systemActor } from '@/lib/audit/actor'
import { readProblems } from '@/lib/customers/read-problems'
import { retireCustomer } from '@/lib/customers/retire'
import { Invalid } from '@/lib/errors'
import { parseCustomerId } from '@/lib/ids'
import { log } from '@/lib/log'
import { subscriptionProblems } from '@/lib/subscriptions/problems'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'

/**
 * `npm run customers`: the customers and subscriptions that an operator has to look at, with what is wrong
 * and what to do.
 * `npm run customers -- retire cus_… --reason "why"` gives up one that Stripe does not have: what our
 * records take for its plan ends, and its user can buy anew. Ends with 1 when it could not be done.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' } },
  })
  loadEnv()
  log.level = 'error'
  const [verb, id, ...more] = positionals
  if (!verb) return show()
  if (verb !== 'retire' || !id || more.length > 0) {
    throw new Invalid({
      internal: 'Say npm run customers, or npm run customers -- retire cus_… --reason "…"',
    })
  }
  if (values.reason.trim().length < 3) throw new Invalid({ internal: 'Say why: --reason "…"' })
  const customer = parseCustomerId(id)
  const actor = systemActor(`customers.retire by ${userInfo().username}`)
  await retireCustomer(actor, customer, { reason: values.reason, endsPlans: true })
  await syncCustomer(productionPorts(), customer, actor)
  console.log(`${customer} is given up; the audit trail has it.`)
}

async function show(): Promise<void> {
  const customers = await readProblems()
  const subscriptions = subscriptionProblems(await listSuspects(), {
    now: await productionPorts().clock.now(),
  })
  for (const { what, next } of [...customers, ...subscriptions]) console.log(`${what}\n  ${next}`)
  if (customers.length === 0)
    console.log('✓ Every customer is at Stripe and belongs to whom it names.')
  if (subscriptions.length === 0) console.log('✓ Every living subscription is collected and known.')
}

await runCommand(main)
