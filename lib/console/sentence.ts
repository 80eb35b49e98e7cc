import type { AuditRow } from '@/db/queries/audit'
import type { ActivityKind } from '@/lib/audit/activity'
import { disputeOutcome } from '@/lib/audit/dispute-outcome'
import { moneyText } from '@/lib/audit/money-text'
import { AUDIT_ACTIONS, type AuditAction } from '@/lib/audit-action'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'

type Row = Pick<AuditRow, 'action' | 'before' | 'after'>

/** What a row of the audit trail says happened, as a person would say it. */
export function sentenceOf(row: Row): string {
  const known = AUDIT_ACTIONS.find((action) => action === row.action)
  if (known) {
    const words = SENTENCES[known]
    return typeof words === 'string' ? words : words(row)
  }
  // The kinds of facts are Stripe's own.
  const fact = Object.entries(FACTS).find(([kind]) => kind === row.action)
  const words = fact?.[1]
  if (words) return typeof words === 'string' ? words : words(row)
  // One that an earlier version wrote.
  return `${row.action.replaceAll(/[._]/g, ' ')}.`
}

type Words = string | ((row: Row) => string)

const SENTENCES: Record<AuditAction, Words> = {
  'subscription.start': (row) => `${plan(row)} started.`,
  'subscription.create': (row) => `${plan(row)} was chosen and is not paid yet.`,
  'subscription.replan': 'The planned change was brought in line with what the plan is by now.',
  'trial.note': 'A trial was entered into the ledger.',
  'trial.end': 'A trial ended: its person or card had one before.',
  'subscription.discover': 'A subscription from before was found at Stripe.',
  'subscription.start_trial': (row) => `The trial of ${plan(row)} started.`,
  'subscription.convert': 'The trial ended and was paid for.',
  'subscription.renew': (row) => `The plan was renewed${until(row, 'currentPeriodEnd')}.`,
  'subscription.change_plan': (row) => `The plan was changed to ${plan(row)}.`,
  'subscription.schedule_cancel': (row) => `The plan is to end${until(row, 'cancelAt', 'on')}.`,
  'subscription.resume': 'The plan goes on: its end was taken back.',
  'subscription.pause': 'The plan was paused.',
  'subscription.unpause': 'The plan goes on after a pause.',
  'subscription.fall_due': 'A payment failed: the plan is past due.',
  'subscription.recover': 'What was past due is paid.',
  'subscription.give_up_payment': 'Stripe stopped asking for the money and left it unpaid.',
  'subscription.expire': 'The first payment was not made within a day.',
  'subscription.end': 'The plan ended.',
  'subscription.update': 'The subscription changed at Stripe.',
  'subscription.cancel_unstarted': 'It never started, and was canceled by us.',
  'subscription.restart': 'Money that came after the end started the plan anew.',
  'subscription.request_cancel': 'Asked to end the plan with its period.',
  'subscription.request_cancel_now': (row) =>
    row.after?.refund === true
      ? `Asked to end the plan at once and to refund ${money(row) ?? 'it'}.`
      : 'Asked to end the plan at once.',
  'subscription.request_keep': 'Asked to keep the plan.',
  'subscription.request_pause': 'Asked to pause the plan.',
  'subscription.request_resume': 'Asked to end the pause.',
  'subscription.request_change': 'Asked to change the plan.',
  'subscription.request_undo': 'Asked to undo a planned change.',
  'subscription.request_card': 'Put a card to use.',
  'invoice.request_payment': (row) => {
    const amount = money(row)
    return `Asked to pay ${amount ? `${amount} that` : 'what'} is open.`
  },
  'price_move.request': 'The price is to be changed to the current one.',
  'price_move.plan': 'The new price is planned for a renewal.',
  'price_move.request_undo': 'The new price is to be taken back.',
  'price_move.undo': 'The new price was taken back before its day.',
  'price_move.move': 'The new price is in effect.',
  'price_move.leave': 'The new price is off: the subscription went another way.',
  'entitlement.change': 'What they may use changed.',
  'usage.near_limit': 'Four fifths of the uses are used.',
  'usage.limit_reached': 'All uses of the period are used.',
  'credits.grant': 'Credits were added.',
  'credits.take_back': 'Credits were taken back with the money.',
  'credits.give_back': 'Credits were given back.',
  'payment_method.set_up': 'Began to add a payment method.',
  'payment_method.request_default': 'Asked to be charged another way.',
  'override.grant': (row) => `${subject(row)} was given${until(row, 'expiresAt')}.`,
  'override.withhold': (row) => `${subject(row)} was taken away${until(row, 'expiresAt')}.`,
  'override.extend': (row) => `${subject(row)} lasts longer${until(row, 'expiresAt')}.`,
  'override.revoke': (row) => `What was decided about ${subject(row)} was taken back.`,
  // Written before it is done, which it may not be: the rows after it say what came of it.
  'console.sync': 'Asked to read Stripe again.',
  'console.grant': 'Asked to give access by hand.',
  'console.withhold': 'Asked to take access away by hand.',
  'console.revoke': 'Asked to take back a decision about access.',
  'console.cancel': (row) =>
    row.after?.refund === true
      ? 'Asked to cancel with a refund.'
      : 'Asked to cancel without a refund.',
  'console.merge': (row) =>
    row.after?.refund === true
      ? 'Asked to end a duplicate subscription with a refund.'
      : 'Asked to end a duplicate subscription.',
  'console.resend': 'Asked to send an email again.',
  'console.replay': 'Asked to replay events.',
  'console.close_uses': 'Closed uses that Stripe takes no more.',
  'console.appoint': 'Asked to appoint an operator.',
  'console.revoke_role': 'Asked to take an operator’s role back.',
  'console.close_left_out': 'Closed what was left out of the revenue.',
  'operator.appoint': 'Became an operator.',
  'operator.revoke': 'Is no operator any more.',
  'customer.create': 'Became a customer at Stripe.',
  'customer.delete': 'The customer was deleted at Stripe.',
  'customer.link': 'A customer of Stripe was linked to this workspace.',
  'customer.adopt': 'A customer of the account that was taken over was linked to this workspace.',
  'customer.await_owner': 'The customer waits until the owner of its address signs in.',
  'customer.conflict': 'A customer of Stripe names a workspace that it cannot have.',
  'customer.miss': 'Stripe says that it has no such customer.',
  'customer.find': 'Stripe has the customer after all.',
  'customer.retire': 'The customer was given up.',
  'customer.follow_user': 'Stripe got the name and the address.',
  'customer.refuse_details': 'Stripe refused the name or the address.',
  'customer.request_details': 'Asked for other details on invoices.',
  'customer.request_tax_id': 'Asked for a tax ID on invoices.',
  'customer.request_tax_id_removal': 'Asked for invoices without a tax ID.',
  'user.choose_emails': 'Chose which emails to get.',
  'person.export': 'Got a copy of what is kept about them.',
  'person.request_erasure': 'Asked to be erased.',
  'user.create': 'Signed in for the first time.',
  'user.change_details': 'Changed name or address.',
  'user.follow_customer': 'Name and address followed Stripe.',
  'user.refuse_details': 'Name and address could not follow Stripe.',
  'sign_in_method.add': 'Turned a way to sign in on.',
  'sign_in_method.remove': 'Turned a way to sign in off.',
  'api_key.create': 'Made an API key.',
  'api_key.revoke': 'Revoked an API key.',
  'report.create': 'Made a report.',
  'checkout.start': (row) => `Began to buy ${plan(row)}.`,
  'checkout.close': 'Left a checkout for another one.',
  'portal.open': 'Opened the portal of Stripe.',
  'invoice.void': 'An open invoice was made void.',
  'invoice.write_off': 'An open invoice was written off.',
  'invoice.refund': (row) => `${money(row) ?? 'Money'} that came late was sent back.`,
  'invoice.keep': (row) =>
    `${money(row) ?? 'Money'} that came late was kept: someone has to decide.`,
  'drift.detect': 'Our records were not what Stripe says: they were mended.',
  'event.replay': 'A stored event was replayed.',
  'retention.prune': 'What was old enough was deleted.',
  'person.erase': 'The person was erased on request.',
}

/** A new kind of fact without a sentence does not compile. */
const FACTS: Record<Exclude<ActivityKind, AuditAction>, Words> = {
  'invoice.paid': 'An invoice was paid.',
  'invoice.payment_failed': 'A payment failed.',
  'invoice.payment_action_required': 'The bank wants the payment to be confirmed.',
  'invoice.finalization_failed': 'An invoice could not be made.',
  'invoice.marked_uncollectible': 'An invoice was written off.',
  'invoice.voided': 'An invoice was made void.',
  'checkout.session.async_payment_failed': 'A first bank debit came back.',
  'customer.subscription.trial_will_end': 'The trial ends soon.',
  'refund.created': (row) => `${money(row) ?? 'Money'} was sent back.`,
  'refund.failed': (row) => `${money(row) ?? 'Money'} that was sent back did not arrive.`,
  'charge.dispute.created': (row) => `A charge is disputed${colon(row)}.`,
  'charge.dispute.closed': (row) => {
    const amount = money(row)
    return `A dispute${amount ? ` of ${amount}` : ''} was ${disputeOutcome(row.after) ?? 'decided'}.`
  },
  'charge.dispute.funds_withdrawn': (row) => `The disputed amount was taken${colon(row)}.`,
  'charge.dispute.funds_reinstated': (row) => `The disputed amount came back${colon(row)}.`,
  'radar.early_fraud_warning.created': 'A bank suspects fraud.',
  'subscription.duplicate': 'A second subscription was found: both are charged.',
  'payment.late': 'Money came for a plan that had ended.',
}

function money({ after }: Row): string | null {
  return moneyText(after)
}

function colon(row: Row): string {
  const text = money(row)
  return text ? `: ${text}` : ''
}

function plan({ after }: Row): string {
  const tier = after?.tier
  return Object.entries(PLANS).find(([key]) => key === tier)?.[1].name ?? 'A plan'
}

function subject({ after }: Row): string {
  if (after?.kind === 'plan') return `Plan ${plan({ action: '', before: null, after })}`
  return typeof after?.name === 'string' && after.name ? after.name : 'Something'
}

function until({ after }: Row, field: string, word = 'until'): string {
  const value = after?.[field]
  const date = typeof value === 'string' ? new Date(value) : null
  return date && !Number.isNaN(date.getTime()) ? ` ${word} ${formatDay(date)}` : ''
}
