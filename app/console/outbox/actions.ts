'use server'

import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import { closeUses } from '@/lib/console/lapsed-uses'
import { readClose } from './read-close'

const close = consoleAct(readClose, async (actor, asked) =>
  doneOf(await closeUses(actor, asked), 'closed_uses'),
)

/** Closes uses that Stripe takes no more. */
export async function closeLapsed(form: FormData): Promise<never> {
  return lead(await close(form), '/console/outbox', form)
}
