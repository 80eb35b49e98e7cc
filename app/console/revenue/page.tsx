import { Choose } from '@/app/console/choose'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Nothing, Section } from '@/app/console/section'
import { When } from '@/app/console/when'
import { readRevenue } from '@/lib/console/revenue'
import { BridgeChart } from './bridge-chart'
import { BridgeTable } from './bridge-table'
import { ChurnTable } from './churn-table'
import { CohortTable } from './cohort-table'
import { HowComputed } from './explained'
import { FilesOf } from './files'
import { OutcomeTable } from './outcome-table'
import { PlanTable } from './plan-table'
import { readChoice } from './read-choice'
import { RenewalTable } from './renewal-table'

export const generateMetadata = consoleMetadata('Revenue')

export default consolePage('revenue', async ({ query }) => {
  const revenue = await readRevenue(readChoice(query))
  const { now, currency, currencies, plan, plans, months, bridge, trials } = revenue
  if (currency === null) {
    return (
      <>
        <Heading title="Revenue">
          What subscriptions are worth a month, from our own history.
        </Heading>
        <Nothing>No subscription was ever worth something.</Nothing>
      </>
    )
  }
  return (
    <>
      <Heading title="Revenue">
        What subscriptions are worth a month (MRR), from our own history, as of <When at={now} />.
        Months are UTC’s; currencies are never added.
      </Heading>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <Choose
          action="/console/revenue"
          name="currency"
          label="Currency"
          value={currency}
          every="The most frequent"
          options={currencies}
          nameOf={(code) => code.toUpperCase()}
          kept={{ plan }}
        />
        <Choose
          action="/console/revenue"
          name="plan"
          label="Plan"
          value={plan}
          every="Every plan"
          options={plans}
          kept={{ currency }}
        />
      </div>
      <div className="grid grid-cols-1 gap-7">
        <Section
          id="bridge"
          title="MRR"
          aside={<FilesOf table="bridge" currency={currency} plan={plan} />}
        >
          <div className="grid grid-cols-1 gap-3">
            <BridgeChart months={bridge} currency={currency} />
            <BridgeTable months={bridge} currency={currency} plan={plan} />
          </div>
        </Section>
        <Section id="plans" title="By plan" aside={<FilesOf table="plans" currency={currency} />}>
          <PlanTable byPlan={revenue.byPlan} currency={currency} />
        </Section>
        <Section
          id="churn"
          title="Churn, of every plan"
          aside={<FilesOf table="churn" currency={currency} />}
        >
          <ChurnTable causes={revenue.causes} bridge={revenue.all} currency={currency} />
        </Section>
        <Section
          id="failures"
          title="Failed payments"
          aside={<FilesOf table="failures" currency={currency} />}
        >
          <OutcomeTable
            label="Failed payments by month"
            months={months}
            all="failed"
            outcomes={['recovered', 'lost', 'owed']}
            open="owed"
            share="recovered_of_decided"
            totals={revenue.failures.map((each) => ({ ...each, count: each.invoices }))}
            currency={currency}
            of="invoices"
          />
        </Section>
        <Section id="trials" title="Trials" aside={<FilesOf table="trials" />}>
          <OutcomeTable
            label="Trials by month"
            months={months}
            all="trials"
            outcomes={['converted', 'lapsed', 'running']}
            open="running"
            share="converted_of_decided"
            totals={trials.map((each) => ({ ...each, count: each.trials, amount: null }))}
            currency={null}
            of="trials"
          />
        </Section>
        <Section
          id="cohorts"
          title="Cohorts"
          aside={<FilesOf table="cohorts" currency={currency} />}
        >
          <CohortTable cohorts={revenue.cohorts} currency={currency} />
        </Section>
        <Section
          id="renewals"
          title="Upcoming renewals"
          aside={<FilesOf table="renewals" currency={currency} />}
        >
          {revenue.renewals.length > 0 ? (
            <RenewalTable renewals={revenue.renewals} />
          ) : (
            <Nothing>None in the next fourteen days.</Nothing>
          )}
        </Section>
        <HowComputed />
      </div>
    </>
  )
})
