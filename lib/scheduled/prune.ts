import { budget } from '@/lib/reconcile/budget'
import { prune } from '@/lib/retention/prune'

// Milliseconds after which no further batch is begun.
const ALL = 40_000

/** The nightly removal of what is not needed any more. */
export const runPrune = () => prune(budget(ALL))
