import type { ReactNode } from 'react'
import { SubmitButton } from '@/app/components/submit-button'
import { type Fill, typedInto } from '@/app/console/fill'
import { ReasonField } from '@/app/console/reason-field'
import { Section } from '@/app/console/section'
import { tierName } from '@/app/console/tier-name'
import type { Typed } from '@/app/typed'
import { FEATURES } from '@/lib/catalog/features'
import { PAID_TIERS } from '@/lib/catalog/plans'
import type { CustomerFile } from '@/lib/console/customer'
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
export function Acts({ file, fill }: { file: CustomerFile; fill: Fill }) {
  const { operator } = fill
  const [given, taken] = [typedInto(formOf(GRANT), fill), typedInto(formOf(WITHHOLD), fill)]
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
            fill={fill}
            run={syncCustomerNow}
            button="Sync"
            busy="Reading Stripe…"
          >
            <p className="text-ink-2">Stripe is read, and our records follow.</p>
          </Act>
        ) : null}
        <Act title={GRANT} file={file} fill={fill} run={grant} button="Grant" busy="Granting…">
          <What id="grant-what" typed={given} gifts />
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
              defaultValue={given.amount}
              className={FIELD}
            />
          </div>
          <Until id="grant-until" typed={given} />
        </Act>
        <Act
          title={WITHHOLD}
          file={file}
          fill={fill}
          run={withhold}
          button="Take away"
          busy="Taking away…"
        >
          <p className="text-ink-2">Nothing is canceled or refunded by it.</p>
          <What id="withhold-what" typed={taken} />
          <Until id="withhold-until" typed={taken} />
        </Act>
        {decided.map(({ kind, name, effect, tier }) => {
          const what = kind === 'plan' ? tierName(tier) : name
          return (
            <Act
              key={`${kind}:${name}`}
              title={`Revoke: ${effect === 'grant' ? 'gave' : 'took away'} ${kind === 'plan' && !tier ? 'the plan' : what}`}
              file={file}
              fill={fill}
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
            fill={fill}
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
            fill={fill}
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

const GRANT = 'Grant access'
const WITHHOLD = 'Take access away'

const FIELD = 'field min-h-10! py-1! text-sm!'

type ActProps = {
  title: string
  file: CustomerFile
  fill: Fill
  run: (form: FormData) => Promise<never>
  button: string
  busy: string
  children: ReactNode
}

function Act({ title, file, fill, run, button, busy, children }: ActProps) {
  const id = formOf(title)
  return (
    <details open={fill.typed.form === id}>
      <summary className="flex min-h-10 items-center px-3 font-medium hover:bg-subtle">
        {title}…
      </summary>
      <form action={run} className="grid gap-3 px-3 pt-1 pb-4">
        <input type="hidden" name="workspace" value={file.workspace.id} />
        <input type="hidden" name="seen" value={file.seen} />
        {children}
        <ReasonField id={id} fill={fill} />
        <SubmitButton busy={busy} className="min-h-10! justify-self-start text-sm!">
          {button}
        </SubmitButton>
      </form>
    </details>
  )
}

// The name of an act's form on its page, and of its reason.
function formOf(title: string): string {
  return `reason-${title.replaceAll(/\W+/g, '-')}`
}

type ChoiceProps = { id: string; typed: Typed; gifts?: boolean }

function What({ id, typed, gifts = false }: ChoiceProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        What
      </label>
      <select id={id} name="what" required defaultValue={typed.what} className={FIELD}>
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

function Until({ id, typed }: ChoiceProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Through the day (UTC)
      </label>
      <input
        id={id}
        name="until"
        type="date"
        max="2100-12-31"
        required
        defaultValue={typed.until}
        className={FIELD}
      />
    </div>
  )
}
