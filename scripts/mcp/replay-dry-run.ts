import { z } from 'zod'
import { systemActor } from '@/lib/audit/actor'
import { changesNothing } from '@/lib/console/dry-run'
import { parseEventId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { rehearseReplay } from '@/lib/webhooks/rehearse'
import { requireDatabase } from './prepare'
import { tool } from './tool'

/** `npm run event:replay -- evt_… --dry-run` for an agent. */
export const replayTool = tool({
  title: 'What a replay would change',
  description:
    'What replaying a stored event would do now: the records that would change, facts, emails, and what would fail. Stripe is read once, and nothing is written. To replay it, a person runs npm run event:replay with a reason.',
  takes: z.strictObject({ event: z.string().describe('evt_…') }),
  async run({ event }, ready) {
    requireDatabase(ready)
    const id = parseEventId(event)
    const rehearsal = await rehearseReplay(productionPorts(), systemActor('mcp'), id)
    return { changesNothing: changesNothing(rehearsal), ...rehearsal }
  },
})
