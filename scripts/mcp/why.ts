import { z } from 'zod'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { why } from '@/lib/entitlements/why'
import { whyText } from '@/lib/entitlements/why-text'
import { findOne } from './find-one'
import { requireDatabase } from './prepare'
import { tool } from './tool'

// Safe: the keys of a literal object are exactly its type's, and there is at least one.
const FEATURE_KEYS = Object.keys(FEATURES) as [Feature, ...Feature[]]

/** `npm run why` for an agent. */
export const whyTool = tool({
  title: 'Why a feature is allowed',
  description:
    'Why a workspace may use a feature, or may not: the rule that decided, what is stored, the subscription or the override that it rests on, and the rows of the audit trail with the Stripe events behind them.',
  takes: z.strictObject({
    whom: z
      .string()
      .min(1)
      .describe('an email address, a workspace id, or an id of Stripe such as cus_… or sub_…'),
    feature: z.enum(FEATURE_KEYS),
  }),
  async run({ whom, feature }, ready) {
    requireDatabase(ready)
    return whyText(await why(await findOne(whom), feature)).join('\n')
  },
})
