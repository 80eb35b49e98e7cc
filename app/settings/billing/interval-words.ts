import type { Interval } from '@/lib/catalog/plans'

/** How an interval is said beside the name of a plan: `Pro monthly`. */
export const INTERVAL_WORDS: Record<Interval, string> = { month: 'monthly', year: 'yearly' }
