/** How an attempt to pay, or to save a card, ended for the person at the form. */
export type PaymentResult =
  | { kind: 'complete'; redirect: string }
  | { kind: 'processing'; redirect: string }
  | { kind: 'requires_action'; challenge: string }
  | { kind: 'declined'; message: string; declineCode: string }
