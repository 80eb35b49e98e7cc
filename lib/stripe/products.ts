import { callStripe } from './call'
import { APP } from './metadata'

export type ProductSnapshot = {
  id: string
  active: boolean
  name: string
  description: string | null
  tier: string | null
}

/** The products that this application made, found by their metadata; archived ones too. */
export async function listOwnProducts(): Promise<ProductSnapshot[]> {
  const products = await callStripe((stripe) =>
    stripe.products.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  )
  const own = products.filter(({ metadata }) => metadata.app === APP)
  return own.map(({ id, active, name, description, metadata }) => {
    return { id, active, name, description, tier: metadata.tier ?? null }
  })
}

export type ProductFields = { tier: string; name: string; description: string }

/** Makes a product and answers its id. */
export async function createProduct({ tier, ...fields }: ProductFields): Promise<string> {
  const created = await callStripe((stripe) =>
    stripe.products.create({ ...fields, metadata: { app: APP, tier } }),
  )
  return created.id
}

/** Makes an existing product say the same, and be for sale. */
export async function updateProduct(id: string, { tier, ...fields }: ProductFields): Promise<void> {
  await callStripe((stripe) =>
    stripe.products.update(id, { ...fields, active: true, metadata: { app: APP, tier } }),
  )
}
