import type { Env } from './env'

/** What the operator of a deployment should know and no start should fail for: a sentence each. */
export function remarks(env: Env): string[] {
  return [
    ...env.nameRemarks,
    ...ofCheckout(env),
    ...(env.appEnv === 'production' ? ofProduction(env) : []),
  ]
}

function ofCheckout({ stripe }: Env): string[] {
  if (stripe.checkoutUi === 'hosted_page' || stripe.publishableKey !== null) return []
  return [
    'STRIPE_CHECKOUT_UI is embedded_page and NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY is not set: plans are paid for on Stripe’s own page. Set the key, or remove STRIPE_CHECKOUT_UI.',
  ]
}

function ofProduction({ stripe, auth, email, cronSecret, proxies }: Env): string[] {
  const ways = [email.server, auth.github, auth.google]
  return [
    !stripe.livemode &&
      'STRIPE_SECRET_KEY is a test key in production: test cards buy real plans here.',
    ways.every((way) => way === null) &&
      'No user can sign in: set EMAIL_SERVER, or the id and the secret of GitHub or Google.',
    cronSecret === null &&
      'CRON_SECRET is not set: no scheduled job may run, and what a webhook left undone stays so.',
    proxies.kind === 'hops' &&
      proxies.count === 0 &&
      'TRUSTED_PROXIES is not set: sign-ins are counted by the address that connects. If that is a proxy, all visitors share one limit; set it.',
  ].filter((remark) => typeof remark === 'string')
}
