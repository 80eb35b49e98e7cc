/**
 * Some hours of tries (`db/functions/backoff.sql`). Its target is still tried every few hours, and
 * a person must look: waiting does not mend it.
 */
export const PARKED_AFTER = 12
