'use server'

import { after } from 'next/server'
import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import { readGroup } from '@/app/console/read-replay'
import { closeLeftOut, replayUnread } from '@/lib/console/left-out'
import { replayGroup } from '@/lib/console/stuck'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'
import { readCloseLeftOut, readReplayUnread } from './read-left-out'

const all = consoleAct(readGroup, async (actor, asked) => {
  const once = await replayGroup(actor, asked)
  after(drainAfterVisit)
  return doneOf(once, 'replayed_group')
})

const close = consoleAct(readCloseLeftOut, async (actor, asked) =>
  doneOf(await closeLeftOut(actor, asked), 'closed_left_out'),
)

const unread = consoleAct(readReplayUnread, async (actor, asked) => {
  const once = await replayUnread(actor, asked)
  after(drainAfterVisit)
  return doneOf(once, 'replayed_group')
})

/** Has what could not be read for the revenue read again. */
export async function replayAllUnread(form: FormData): Promise<never> {
  return lead(await unread(form), '/console/stuck', form)
}

/** Closes what was left out of the revenue. */
export async function closeUncounted(form: FormData): Promise<never> {
  return lead(await close(form), '/console/stuck', form)
}

/** Has all of a group replayed or read again. */
export async function replayAll(form: FormData): Promise<never> {
  return lead(await all(form), '/console/stuck', form)
}
