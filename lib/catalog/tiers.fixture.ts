import { ENTRY_PLAN, TOP_PLAN } from './plans'

// For tests that need a customer on a plan, and on a greater one: whatever is sold.
export const SMALL = ENTRY_PLAN.tier
export const GREAT = TOP_PLAN.tier
