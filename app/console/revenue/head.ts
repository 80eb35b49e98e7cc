import type { Route } from 'next'
import type { ALSO_EXPLAINED, EXPLAINED } from '@/lib/revenue/explain'

export type Explained = keyof typeof EXPLAINED | keyof typeof ALSO_EXPLAINED

/** A column's word, which leads to the sentence on how its numbers are computed. */
export function headOf(name: Explained, word = WORDS[name]): { word: string; href: Route } {
  return { word, href: `#how-${name}` }
}

export const WORDS: Readonly<Record<Explained, string>> = {
  opening: 'At its beginning',
  closing: 'MRR at its end',
  change: 'Change',
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
  in: 'From another plan',
  out: 'To another plan',
  failed: 'Failed',
  recovered: 'Recovered',
  lost: 'Lost',
  owed: 'Still owed',
  trials: 'Trials',
  converted: 'Converted',
  lapsed: 'Lapsed',
  running: 'Under way',
  renewals: 'Renewals',
  churn_of_customers: 'Of customers',
  churn_of_mrr: 'Of MRR',
  churn_failed: 'Of it, after failed payments',
  recovered_of_decided: 'Recovered of decided',
  converted_of_decided: 'Converted of decided',
  came: 'Came',
  stays: 'Stay',
}
