import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { systemActor } from '@/lib/audit/actor'
import { Invalid } from '@/lib/errors'
import { parseEventId } from '@/lib/ids'
import { log } from '@/lib/log'
import { productionPorts } from '@/lib/sync/production-ports'
import { type Rehearsal, rehearseReplay } from '@/lib/webhooks/rehearse'
import { replayEvent } from '@/lib/webhooks/replay'
import { loadEnv } from '@/scripts/stack/load-env'
import { runCommand } from './run-command'

/**
 * `npm run event:replay -- evt_… --reason "why"`: replays a stored event. `--dry-run` shows what
 * that would change and changes nothing. Ends with 1 when it could not be done.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' }, 'dry-run': { type: 'boolean' } },
  })
  const [id, ...more] = positionals
  if (!id || more.length > 0)
    throw new Invalid({ internal: 'Name one event: npm run event:replay -- evt_…' })
  loadEnv()
  log.level = 'error'
  const actor = systemActor(`event.replay by ${userInfo().username}`)
  const event = parseEventId(id)
  if (values['dry-run']) return show(await rehearseReplay(productionPorts(), actor, event))
  await replayEvent(productionPorts(), actor, { id: event, reason: values.reason })
  console.log(`${id} is replayed; the audit trail has it.`)
}

function show({ target, state, changes, facts, outbox, marks, failures }: Rehearsal): void {
  console.log(`It is ${state}, and makes us look at ${target}. Replayed, it would`)
  const lines = [
    ...changes.map(({ action, before, after }) => {
      return `write ${action}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`
    }),
    ...facts.map((fact) => `record ${fact}`),
    ...outbox.map((entry) => `send ${entry}`),
    ...marks.map((mark) => `have ${mark} looked at`),
    ...failures.map((failure) => `fail: ${failure}`),
  ]
  console.log((lines.length > 0 ? lines : ['change nothing']).map((line) => `  ${line}`).join('\n'))
  console.log('Nothing was written (--dry-run).')
}

await runCommand(main)
