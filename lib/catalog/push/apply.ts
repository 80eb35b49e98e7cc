import {
  createPortalConfiguration,
  updatePortalConfiguration,
} from '@/lib/stripe/portal-configurations'
import {
  addTaxTo,
  createOneTimePrice,
  createPrice,
  deactivatePrice,
  findPricesByLookupKeys,
  labelPrice,
} from '@/lib/stripe/prices'
import { createProduct, updateProduct } from '@/lib/stripe/products'
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  updateWebhookEndpoint,
} from '@/lib/stripe/webhook-endpoints'
import type { Desired } from './desired'
import type { Step } from './plan'
import { portalProducts } from './portal-products'

/**
 * Does what a plan says. Broken off half way it can be repeated: the next plan is made from
 * what stands then. `webhookSecret` is there only if an endpoint was made.
 */
export async function applyPush(
  steps: readonly Step[],
  desired: Desired,
): Promise<{ webhookSecret: string | null }> {
  const products = await applyProducts(steps)
  for (const step of steps) if (step.noun === 'price') await applyPrice(step, products)
  for (const step of steps) if (step.noun === 'pack') await applyPack(step)
  for (const step of steps) if (step.noun === 'portal') await applyPortal(step, desired)
  let webhookSecret: string | null = null
  for (const step of steps)
    if (step.noun === 'webhook') webhookSecret = await applyWebhook(step, desired)
  return { webhookSecret }
}

type Of<Noun> = Extract<Step, { noun: Noun }>

async function applyProducts(steps: readonly Step[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const step of steps) {
    if (step.noun !== 'product') continue
    if (step.id !== null && step.mark === '~') await updateProduct(step.id, step.fields)
    ids.set(step.fields.tier, step.id ?? (await createProduct(step.fields)))
  }
  return ids
}

async function applyPrice(
  { id, mark, price, taxed, replaces }: Of<'price'>,
  products: Map<string, string>,
) {
  const { tier } = price
  if (id !== null) {
    if (mark === '~') await labelPrice(id, { tier, taxed })
    return
  }
  const productId = products.get(tier)
  if (!productId) throw new Error(`There is no product for ${tier} to put ${price.lookupKey} on.`)
  await createPrice({ ...price, productId, taxed })
  if (!replaces) return
  // Its subscribers keep it, so it must go on saying what it pays for.
  if (replaces.metadata.tier === null) await labelPrice(replaces.id, { tier, taxed: false })
  await deactivatePrice(replaces.id)
}

async function applyPack({ id, mark, pack, taxed, replaces }: Of<'pack'>): Promise<void> {
  if (mark === '=') return
  if (id !== null) return addTaxTo(id)
  await createOneTimePrice({
    name: pack.name,
    amount: pack.price,
    lookupKey: pack.lookupKey,
    productId: replaces?.productId ?? null,
    taxed,
  })
  if (replaces) await deactivatePrice(replaces.id)
}

async function applyPortal({ id, mark }: Of<'portal'>, desired: Desired): Promise<void> {
  if (mark === '=') return
  const held = await findPricesByLookupKeys(desired.prices.map(({ lookupKey }) => lookupKey))
  const settings = { ...desired.portal, products: portalProducts(desired, { prices: held }) }
  if (id === null) await createPortalConfiguration(settings)
  else await updatePortalConfiguration(id, settings)
}

async function applyWebhook({ id, mark, replaces }: Of<'webhook'>, { webhook }: Desired) {
  if (mark === '=' || !webhook) return null
  if (id !== null) {
    await updateWebhookEndpoint(id, webhook)
    return null
  }
  const { secret } = await createWebhookEndpoint(webhook)
  // Only now, so that no event falls between the two; what both bring is one event to us.
  if (replaces !== null) await deleteWebhookEndpoint(replaces)
  return secret
}
