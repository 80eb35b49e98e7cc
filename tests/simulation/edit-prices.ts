import type { Sender } from './sender'
import type { Emitted } from './stripe-model'
import type { World } from './world'

/** An operator at Stripe's dashboard, who lets prices, a product or an old plan say another tier. */
export async function keepShop(world: World, sender: Sender, longest: number): Promise<void> {
  const { time, random, shop } = world
  for (let n = random.between(1, 2); n > 0; n -= 1) {
    await time.sleep(random.between(0, longest))
    const what = random.pick(WHAT)
    if (random.chance(0.7)) {
      const priceId = what === 'product' ? shop.unknownPrice : shop[what]
      for (const stripeModel of world.stripeModels.values()) {
        for (const emitted of stripeModel.move(priceId)) sender.emit(emitted)
      }
      await time.sleep(random.between(0, 2 * MINUTE))
    }
    sender.emit(relabel(world, what))
  }
}

const MINUTE = 60_000
const WHAT = ['pro', 'studio', 'unknownPrice', 'product', 'plan'] as const

function relabel(world: World, what: (typeof WHAT)[number]): Emitted {
  const { shop, tally } = world
  if (what === 'product') shop.labelProduct()
  else shop.label(shop[what])
  for (const stripeModel of world.stripeModels.values()) stripeModel.reprice()
  tally.add(what === 'plan' ? 'legacy' : 'relabeled')
  if (what === 'plan') world.unreported = true
  return what === 'product' ? updated(shop.productId, 'product') : updated(shop[what], 'price')
}

/**
 * An operator gives the price that people wait for its tier. Those who wait need no event, because
 * they are tried again; those who have it without access are found by one.
 */
export function nameUnknownPrice(world: World, sender: Sender): void {
  const { shop } = world
  const stripeModels = [...world.stripeModels.values()]
  if (!shop.isUnknown(shop.unknownPrice)) return
  shop.label(shop.unknownPrice)
  const needsEvent = stripeModels.some(
    (stripeModel) =>
      stripeModel.holds(shop.unknownPrice) && !stripeModel.isWaiting(shop.unknownPrice),
  )
  for (const stripeModel of stripeModels) stripeModel.reprice()
  if (needsEvent) sender.emit(updated(shop.unknownPrice, 'price'))
}

function updated(objectId: string, objectType: 'price' | 'product'): Emitted {
  return { type: `${objectType}.updated`, customerId: null, objectId, attempt: null, objectType }
}
