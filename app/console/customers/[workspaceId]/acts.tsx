import type { ReactNode } from 'react'
import { SubmitButton } from '@/app/components/submit-button'
import { ReasonField } from '@/app/console/reason-field'
import { Section } from '@/app/console/section'
import { tierName } from '@/app/console/tier-name'
import { FEATURES } from '@/lib/catalog/features'
import { PAID_TIERS } from '@/lib/catalog/plans'
import type { CustomerFile } from '@/lib/console/customer'
import type { UserId } from '@/lib/ids'
import {
  cancelPlanNow,
  grant,
  mergeSubscription,
  revokeDecision,
  syncCustomerNow,
  withhold,
} from './actions'
import { RefundChoice } from './refund-choice'

/** What an operator can do for this customer. Each asks for a reason, is on record, and is done once. */
export function Acts({ file, operator }: { file: CustomerFile; operator: { id: UserId } }) {
  const { customerId, billing, duplicates, overrides } = file
  const decided = overrides.filter(({ inForce }) => inForce)
  const living = billing.status !== 'none' && !billing.endedAt ? billing.subscriptionId : null
  return (
    <Section id="acts" title="Do something">
      <div className="card divide-y divide-line">
        {customerId ? (
          <Act
            title="Sync now"
            file={file}
            run={syncCustomerNow}
            button="Sync"
            busy="Reading Stripe…"
          >
            <p className="text-ink-2">Stripe is read, and our records follow.</p>
          </Act>
        ) : null}
        <Act title="Grant access" file={file} run={grant} button="Grant" busy="Granting…">
          <What id="grant-what" gifts />
          <div>
            <label htmlFor="grant-amount" className="mb-1 block font-medium">
              Uses a period, for a limit
            </label>
            <input
              id="grant-amount"
              name="amount"
              inputMode="numeric"
              pattern="[0-9]*"
              maxLength={9}
              className={FIELD}
            />
          </div>
          <Until id="grant-until" />
        </Act>
        <Act
          title="Take access away"
          file={file}
          run={withhold}
          button="Take away"
          busy="Taking away…"
        >
          <p className="text-ink-2">Nothing is canceled or refunded by it.</p>
          <What id="withhold-what" />
          <Until id="withhold-until" />
        </Act>
        {decided.map(({ kind, name, effect, tier }) => {
          const what = kind === 'plan' ? tierName(tier) : name
          return (
            <Act
              key={`${kind}:${name}`}
              title={`Revoke: ${effect === 'grant' ? 'gave' : 'took away'} ${kind === 'plan' && !tier ? 'the plan' : what}`}
              file={file}
              run={revokeDecision}
              button="Revoke"
              busy="Revoking…"
            >
              <input
                type="hidden"
                name="what"
                value={kind === 'plan' ? 'plan' : `${kind}:${name}`}
              />
              <p className="text-ink-2">What is paid for applies again, at once.</p>
            </Act>
          )
        })}
        {living ? (
          <Act
            title="Cancel now"
            file={file}
            run={cancelPlanNow}
            button="Cancel plan"
            busy="Canceling…"
          >
            <p className="text-ink-2">
              {tierName(billing.plan)} ends at once at Stripe, and with it what it gives.
            </p>
            <RefundChoice id="cancel" of={{ subscription: living, operator }} />
          </Act>
        ) : null}
        {duplicates.map(({ id, tier }) => (
          <Act
            key={id}
            title={`Merge a duplicate: end ${id.slice(0, 16)}…`}
            file={file}
            run={mergeSubscription}
            button="End the duplicate"
            busy="Ending…"
          >
            <input type="hidden" name="subscription" value={id} />
            <p className="text-ink-2">
              The subscription <code className="font-mono text-xs">{id}</code> ({tierName(tier)})
              ends at once; the others go on.
            </p>
            <RefundChoice id={id} of={{ subscription: id, operator }} />
          </Act>
        ))}
      </div>
    </Section>
  )
}

const FIELD = 'field min-h-10! py-1! text-sm!'

type ActProps = {
  title: string
  file: CustomerFile
  run: (form: FormData) => Promise<never>
  button: string
  busy: string
  children: ReactNode
}

function Act({ title, file, run, button, busy, children }: ActProps) {
  return (
    <details>
      <summary className="flex min-h-10 items-center px-3 font-medium hover:bg-subtle">
        {title}…
      </summary>
      <form action={run} className="grid gap-3 px-3 pt-1 pb-4">
        <input type="hidden" name="workspace" value={file.workspace.id} />
        <input type="hidden" name="seen" value={file.seen} />
        {children}
        <ReasonField id={`reason-${title.replaceAll(/\W+/g, '-')}`} />
        <SubmitButton busy={busy} className="min-h-10! justify-self-start text-sm!">
          {button}
        </SubmitButton>
      </form>
    </details>
  )
}

function What({ id, gifts = false }: { id: string; gifts?: boolean }) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        What
      </label>
      <select id={id} name="what" required className={FIELD}>
        {gifts ? (
          PAID_TIERS.map((tier) => (
            <option key={tier} value={`plan:${tier}`}>
              Plan {tierName(tier)}
            </option>
          ))
        ) : (
          <option value="plan">The plan</option>
        )}
        {Object.entries(FEATURES).map(([feature, { name }]) => (
          <option key={feature} value={`feature:${feature}`}>
            {name}
          </option>
        ))}
        {gifts ? <option value="limit:monthlyUses">Uses a period</option> : null}
      </select>
    </div>
  )
}

function Until({ id }: { id: string }) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Through the day (UTC)
      </label>
      <input id={id} name="until" type="date" max="2100-12-31" required className={FIELD} />
    </div>
  )
}
