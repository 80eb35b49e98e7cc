import { AFTER_RETRIES, type AfterRetries, setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { render } from '@/sandbox/objects/render'
import { startSandbox } from '@/sandbox/server'
import { violationsInAnswer } from './answers'
import { directly } from './direct'
import { liveAtRandom } from './random-actions'
import { openShop } from './shop'

/**
 * Random lifecycles, for what time alone brings: the events that they emitted, and the violations
 * in these and in the final state. So many `lives` for each way in which a last retry can end.
 */
export async function liveSome(
  lives: number,
): Promise<{ types: Set<string>; violations: Set<string> }> {
  const seen = { types: new Set<string>(), violations: new Set<string>() }
  for (const [nth, ending] of AFTER_RETRIES.entries())
    await live(ending, { from: nth * lives, lives }, seen)
  return seen
}

/** Some lifecycles in one account, whose last retry ends as `after_retries` says. */
async function live(
  after_retries: AfterRetries,
  { from, lives }: { from: number; lives: number },
  { types, violations }: { types: Set<string>; violations: Set<string> },
) {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  sandbox.change(null, (tx) => setDunning(tx, { after_retries }))
  const call = directly(sandbox)
  const shop = openShop(call)
  for (let seed = from; seed < from + lives; seed += 1) liveAtRandom(sandbox, call, shop, seed)
  sandbox.change(null, (tx) => {
    for (const kind of ['event', ...LEFT] as const)
      for (const row of tx.all(kind))
        for (const violation of violationsInAnswer(render(tx, row))) violations.add(violation)
    for (const { type } of tx.all('event')) types.add(type)
  })
  await stop()
}

const LEFT = [
  'charge',
  'customer',
  'discount',
  'dispute',
  'invoice',
  'invoice_payment',
  'invoiceitem',
  'payment_intent',
  'payment_method',
  'refund',
  'subscription',
  'subscription_schedule',
] as const
