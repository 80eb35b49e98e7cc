import { SubmitOnArrival } from '@/app/checkout/continue/submit-on-arrival'
import { Notice } from '@/app/components/notice'
import { SubmitButton } from '@/app/components/submit-button'
import type { UserActor } from '@/lib/audit/actor'
import { formatDay } from '@/lib/day'
import { isOwnReturn } from '@/lib/payment-methods/own-return'
import { readLeft } from '@/lib/payment-methods/read-left'
import { SENTENCES } from '@/lib/refusals/sentences'
import { putLeftToUse } from './actions'

type Props = { actor: UserActor; id: unknown; use: string; shown: string; proof: unknown }

/**
 * What was left before a bank took the whole page. For a customer who comes from there, its form sends itself; an
 * address that is opened later asks for a press. Anything else in the address is said, and changes nothing.
 */
export async function LeftMethod({ actor, id, use, shown, proof }: Props) {
  const left = await readLeft(actor, id)
  if (left.kind === 'refused') {
    const { title, advice } = SENTENCES[left.reason]
    return (
      <Notice role="alert" tone="danger" icon="alert" title={title}>
        {advice}
      </Notice>
    )
  }
  if (left.kind === 'deposits') return <Deposits {...left} />
  if (left.kind === 'replaced') return null
  const comesBack = left.kind === 'new' && isOwnReturn('bank', proof, actor.id, shown)
  return (
    <form action={putLeftToUse} id="left" className="card p-[min(1.5rem,6vw)]">
      <input type="hidden" name="setup_intent" value={String(id)} />
      <input type="hidden" name="shown" value={shown} />
      <h2 className="font-semibold text-lg">Your new payment method</h2>
      <p className="mt-1 text-ink-2">Your bank has confirmed it.</p>
      <SubmitButton busy="Working…" className="button-primary mt-5 w-full">
        {use}
      </SubmitButton>
      {comesBack ? <SubmitOnArrival form="left" /> : null}
    </form>
  )
}

/** What an account waits for whose bank does not say at once that it is theirs. */
function Deposits({ arriveAt, url }: { arriveAt: Date; url: string | null }) {
  return (
    <Notice
      role="status"
      tone="info"
      icon="clock"
      title={`Two small deposits come to your bank account by ${formatDay(arriveAt)}.`}
      action={
        url ? (
          <a href={url} className="button">
            Confirm the deposits at Stripe
          </a>
        ) : null
      }
    >
      They show that it is yours. Confirm them on Stripe’s page, which Stripe emails you, too; then
      load this page again and it can be used. Nothing is changed or charged before.
    </Notice>
  )
}
