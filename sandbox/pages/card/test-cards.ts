/** The numbers of docs.stripe.com/testing that the quick-fill offers; `fill` is the button's word. */
export const TEST_CARDS = [
  { fill: 'Pays', number: '4242 4242 4242 4242', effect: 'The payment succeeds (Visa).' },
  { fill: 'Declined', number: '4000 0000 0000 0002', effect: 'The bank declines the card.' },
  {
    fill: 'Insufficient funds',
    number: '4000 0000 0000 9995',
    effect: 'The bank declines: not enough money in the account.',
  },
  {
    fill: '3-D Secure',
    number: '4000 0025 0000 3155',
    effect: 'The bank asks the cardholder to authenticate first.',
  },
] as const
