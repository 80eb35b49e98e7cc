'use server'

import { after } from 'next/server'
import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import { readGroup } from '@/app/console/read-replay'
import { replayGroup } from '@/lib/console/stuck'
import { drainAfterVisit } from '@/lib/jobs/drain-after-visit'

const all = consoleAct(readGroup, async (actor, asked) => {
  const once = await replayGroup(actor, asked)
  after(drainAfterVisit)
  return doneOf(once, 'replayed_group')
})

/** Has all of a group told or read again. */
export async function replayAll(form: FormData): Promise<never> {
  return lead(await all(form), '/console/stuck', form)
}
