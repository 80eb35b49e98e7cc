import type { PaidTier } from '@/lib/catalog/plans'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { type Paced, pacer } from '@/lib/reconcile/pace'
import type {
  CustomerPage,
  ListedCustomer,
  ListedSubscription,
  LivingPage,
} from '@/lib/stripe/account-pages'
import { isForeign } from '@/lib/stripe/foreign'
import type { AdoptPorts } from './ports'

/** What a living subscription would give; `tier` is null where the catalog knows none of its prices. */
export type Plan = { subscription: SubscriptionId; tier: PaidTier | null; prices: string[] }

export type AccountCustomer = ListedCustomer & { plans: Plan[] }

/**
 * Every customer of the account with what it subscribes to, oldest first. A call for each hundred, and one
 * for each product of which a price does not say its tier; they begin a fifth of a second apart.
 */
export async function readAccount(ports: AdoptPorts): Promise<AccountCustomer[]> {
  const paced = pacer(ports.sleep)
  const plans = await readPlans(ports, paced)
  const found: AccountCustomer[] = []
  let after: CustomerId | null = null
  let more = true
  while (more) {
    const start: CustomerId | null = after
    const page: CustomerPage = await paced(() => ports.stripe.listCustomerPage(start))
    for (const each of page.customers) found.push({ ...each, plans: plans.get(each.id) ?? [] })
    after = page.customers.at(-1)?.id ?? null
    more = page.more && after !== null
  }
  return found.reverse()
}

async function readPlans(ports: AdoptPorts, paced: Paced): Promise<Map<CustomerId, Plan[]>> {
  const plans = new Map<CustomerId, Plan[]>()
  const tierOf = tierReader(ports, paced)
  let after: SubscriptionId | null = null
  let more = true
  while (more) {
    const start: SubscriptionId | null = after
    const page: LivingPage = await paced(() => ports.stripe.listLivingPage(start))
    for (const each of page.subscriptions) {
      // What another application sells to the same customer gives nothing here.
      if (isForeign(each.mark, ports.appEnv)) continue
      const plan = {
        subscription: each.id,
        tier: await tierOf(each),
        prices: each.prices.map(idOf),
      }
      plans.set(each.customerId, [...(plans.get(each.customerId) ?? []), plan])
    }
    after = page.last
    more = page.more && after !== null
  }
  return plans
}

const idOf = ({ id }: { id: string }) => id

function tierReader({ stripe, prices: configured }: AdoptPorts, paced: Paced) {
  const known = new Map<string, string | null>()
  return async ({ prices }: ListedSubscription): Promise<PaidTier | null> => {
    for (const { productId, ...price } of prices) {
      // A price that speaks for itself needs no product.
      if (price.metadataTier === null && !known.has(productId))
        known.set(productId, await paced(() => stripe.readProductTier(productId)))
      const productMetadataTier = known.get(productId) ?? null
      const tier = tierForPrice({ ...price, productMetadataTier }, configured)
      if (tier) return tier
    }
    return null
  }
}
