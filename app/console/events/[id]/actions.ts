'use server'

import { after } from 'next/server'
import { consoleAct, lead } from '@/app/console/console-act'
import { eventPage, readReplay } from '@/app/console/read-replay'
import { replayOnce } from '@/lib/console/replay'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'

const again = consoleAct(readReplay, async (actor, asked) => {
  await replayOnce(actor, asked)
  after(deliverAfterVisit)
  return 'replayed'
})

/** Tells a stored event again. */
export async function replay(form: FormData): Promise<never> {
  return lead(await again(form), eventPage(form))
}
