import { PageLink } from '@/app/components/page-link'
import { Shell } from '@/app/components/shell'
import { Rules } from './home/rules'
import { SampleReceipt } from './home/sample-receipt'
import { Steps } from './home/steps'

export default function HomePage() {
  return (
    <Shell wide>
      <div className="grid items-center gap-12 py-14 sm:py-20 lg:grid-cols-[1fr_380px] lg:gap-20">
        <div className="min-w-0">
          <h1 className="display wrap-anywhere text-hero">Stripe subscriptions that stay true.</h1>
          <p className="mt-6 max-w-[52ch] text-ink-2 text-lg">
            A person upgrades, pays at Stripe and comes back to a plan that is on. Whatever happens
            to a webhook on the way, late, twice or never, what they have is what they paid for.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            <PageLink href="/pricing" className="button button-primary">
              See the plans
            </PageLink>
            <PageLink href="/sign-in" className="button">
              Sign in
            </PageLink>
          </div>
        </div>
        <SampleReceipt />
      </div>
      <Steps />
      <Rules />
    </Shell>
  )
}
