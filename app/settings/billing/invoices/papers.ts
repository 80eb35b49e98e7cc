/** The look of a link to a paper of Stripe's. */
export const PAPER = 'link inline-flex min-h-11 items-center text-[0.9375rem]'
