/** About a day of tries. Its target is still tried every few hours, and a person must look: waiting does not mend it. */
export const PARKED_AFTER = 12
