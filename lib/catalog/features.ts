/** What a paid plan unlocks. The keys are the ones that `entitlements` carries and that an API answers with. */
export const FEATURES = {
  priority_support: {
    name: 'Priority support',
    definition: 'Your messages are answered first, within one working day.',
  },
  advanced_analytics: {
    name: 'Advanced analytics',
    definition: 'Trends, breakdowns and exports of everything you measure.',
  },
  api_access: {
    name: 'API access',
    definition: 'Personal API keys to read and write your data from your own programs.',
  },
  white_label: {
    name: 'White label',
    definition: 'Your logo and your domain in place of ours.',
  },
} as const satisfies Record<string, { name: string; definition: string }>

export type Feature = keyof typeof FEATURES
