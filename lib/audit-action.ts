/**
 * What the audit trail says was done, `noun.verb`: every action that our own code writes. Besides them
 * stand the kinds of facts, which are Stripe's event types (`lib/events/handlers.ts`) or shown by a read.
 */
export const AUDIT_ACTIONS = [
  // A subscription as Stripe shows it: first paid, first seen unpaid, or first seen when it was over.
  'subscription.start',
  'subscription.create',
  'subscription.discover',
  'subscription.start_trial',
  // The trial ended and was paid for.
  'subscription.convert',
  'subscription.renew',
  'subscription.change_plan',
  'subscription.schedule_cancel',
  // Its cancellation was taken back.
  'subscription.resume',
  'subscription.pause',
  'subscription.unpause',
  'subscription.fall_due',
  'subscription.recover',
  // Stripe has stopped asking for the money, and left it unpaid.
  'subscription.give_up_payment',
  // Its first payment was not made within a day.
  'subscription.expire',
  'subscription.end',
  // Its planned change was brought in line with what it is by now.
  'subscription.replan',
  // Anything else about it.
  'subscription.update',
  // Its first payment never arrived: we had it canceled.
  'subscription.cancel_unstarted',
  // Money that came after its end started it anew.
  'subscription.restart',
  // It was entered into the trial ledger; it was ended, because its person or card had one before.
  'trial.note',
  'trial.end',
  // What a user asked for on our pages, before Stripe was called; the result is a row of its own.
  'subscription.request_cancel',
  'subscription.request_cancel_now',
  'subscription.request_keep',
  'subscription.request_pause',
  'subscription.request_resume',
  'subscription.request_change',
  'subscription.request_undo',
  'subscription.request_card',
  'invoice.request_payment',
  // An operator moves a subscriber of an old price to the current one: asked for, planned at Stripe, taken back
  // before its day, in effect, or over because its customer went another way.
  'price_move.request',
  'price_move.plan',
  'price_move.request_undo',
  'price_move.undo',
  'price_move.move',
  'price_move.leave',
  // Access changed without a subscription: by time, or by an override.
  'entitlement.change',
  // A period's uses came near its limit, or reached it.
  'usage.near_limit',
  'usage.limit_reached',
  // Uses beside the plan: paid for, or given; and taken away with the money that went back.
  'credits.grant',
  'credits.take_back',
  'credits.give_back',
  // What an operator decided by hand about a plan, a feature or a limit: given, taken away, made to last
  // longer, or taken back before its end.
  'override.grant',
  'override.withhold',
  'override.extend',
  'override.revoke',
  // What an operator asked for in the console, with the reason, before it was done.
  'console.sync',
  'console.grant',
  'console.withhold',
  'console.revoke',
  'console.cancel',
  'console.merge',
  'console.resend',
  'console.replay',
  'console.close_uses',
  'console.appoint',
  'console.revoke_role',
  'console.close_left_out',
  // Who may open the console: by ADMIN_EMAILS at a sign-in, or by an operator; and no more.
  'operator.appoint',
  'operator.revoke',
  'customer.create',
  'customer.delete',
  // It belongs to the workspace that its metadata name.
  'customer.link',
  // An account was taken over: it got its workspace, or waits until someone proves the address on record.
  'customer.adopt',
  'customer.await_owner',
  // It cannot belong to the workspace that its metadata name.
  'customer.conflict',
  // Stripe says that it has no such customer; and that it has it, after all.
  'customer.miss',
  'customer.find',
  // An operator gave it up.
  'customer.retire',
  // It got the name and address of the user who pays for its workspace, or Stripe refused them.
  'customer.follow_user',
  'customer.refuse_details',
  // What someone asked to have on their invoices, before Stripe was asked: which details, never what they are.
  'customer.request_details',
  'customer.request_tax_id',
  'customer.request_tax_id_removal',
  'user.create',
  // Which emails they get, of those that no one is owed.
  'user.choose_emails',
  'user.change_details',
  // They got the name and address of their customer at Stripe, or could not have them.
  'user.follow_customer',
  'user.refuse_details',
  'sign_in_method.add',
  'sign_in_method.remove',
  // A key with which programs act for a workspace.
  'api_key.create',
  'api_key.revoke',
  // The example: what a use was spent on.
  'report.create',
  'checkout.start',
  'checkout.close',
  'portal.open',
  // A card or account may be left on our own page; and one that was left there is what Stripe charges.
  'payment_method.set_up',
  'payment_method.request_default',
  // What an ended subscription left open.
  'invoice.void',
  'invoice.write_off',
  // Money that came after the end.
  'invoice.refund',
  'invoice.keep',
  // A scan found that our records were not what Stripe says.
  'drift.detect',
  // An operator replayed a stored event.
  'event.replay',
  // What is old enough was deleted.
  'retention.prune',
  // Someone asked for their account to be deleted, or for a copy of what is known of them.
  'person.request_erasure',
  'person.export',
  'person.erase',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
