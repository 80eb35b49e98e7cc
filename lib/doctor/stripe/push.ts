import type { Step } from '@/lib/catalog/push/plan'
import { type Check, ok, warn } from '@/lib/doctor/check'

/** Products and prices, as lib/catalog/plans.ts and credit-packs.ts say. */
export const catalog: Check = {
  id: 'catalog',
  title: 'Catalog at Stripe',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  look: async ({ push }) => judge(await push(), ['product', 'price', 'pack'], 'as in lib/catalog'),
}

export const portal: Check = {
  id: 'portal',
  title: 'Portal configuration',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  look: async ({ push }) => judge(await push(), ['portal'], 'as it was pushed'),
}

function judge(steps: readonly Step[], nouns: readonly Step['noun'][], good: string) {
  const open = steps.filter(({ noun, mark }) => nouns.includes(noun) && mark !== '=')
  const words = { '+': 'missing', '~': 'different', '=': 'the same' } as const
  return open.length === 0
    ? ok(good)
    : warn(
        open.map(({ mark, what }) => `${words[mark]}: ${what}`).join('; '),
        'Look at `npm run stripe:push -- --dry-run`, then run it without.',
      )
}
