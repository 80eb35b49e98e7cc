/** Of a person's own details, which are changed here when they are changed at Stripe. */
export type Followed = { readonly email: boolean; readonly name: boolean }

/**
 * Changes made here always go to Stripe. Back is a choice, and off: the address at Stripe is where
 * invoices go, is not verified, and can be typed by any member who may open the portal, while ours
 * is what a person signs in with. Turn `email` on only if the two are to be one.
 */
export const FOLLOW_STRIPE: Followed = { email: false, name: false }
