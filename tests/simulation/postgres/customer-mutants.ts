import type { Mutant } from './mutate'

/** The guards of which workspace a customer belongs to. */
export const CUSTOMER_MUTANTS: readonly Mutant[] = [
  {
    so: 'a customer that was adopted is read again for its workspace',
    in: 'apply_sync',
    from: /SET dirty_seq = dirty_seq \+ 1, waiting = p_keep_lease/,
    to: 'SET waiting = p_keep_lease',
  },
  {
    so: 'a customer that was known without a workspace gets it once Stripe names one',
    in: 'settle_customer',
    from: /IF v_new\.workspace_id IS NULL AND v_new\.deleted_at IS NULL/,
    to: 'IF NOT EXISTS (SELECT FROM subscriptions s WHERE s.customer_id = v_id) AND v_new.deleted_at IS NULL',
  },
  {
    so: 'whose a customer became stands in the trail',
    in: 'settle_customer',
    from: /IF v_new\.workspace_id IS DISTINCT FROM v_old\.workspace_id THEN/,
    to: 'IF false THEN',
  },
]
