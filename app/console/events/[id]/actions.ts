'use server'

import { after } from 'next/server'
import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import { eventPage, readReplay } from '@/app/console/read-replay'
import { replayOnce } from '@/lib/console/replay'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'

const again = consoleAct(readReplay, async (actor, asked) => {
  const once = await replayOnce(actor, asked)
  after(deliverAfterVisit)
  return doneOf(once, 'replayed')
})

/** Replays a stored event. */
export async function replay(form: FormData): Promise<never> {
  return lead(await again(form), eventPage(form), form)
}
