import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { prune } from '@/lib/retention/prune'
import type { Asked, Told } from './side'
import { timeTurns } from './time-turns'

log.level = 'silent'

// A process of ours on one of the databases, which does what its parent asks and says how long each turn took.
const workspaces = Number(process.argv[2])

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (told) => process.send?.(told),
    (error: unknown) =>
      process.send?.({ error: String(error instanceof Error ? error.message : error) }),
  )
})
// Its parent is gone.
process.on('disconnect', () => process.exit(0))

async function answer(asked: Asked): Promise<Told> {
  if (asked.what === 'prune') await prune(() => false)
  const taken = asked.what === 'time' ? await timeTurns(asked, workspaces) : []
  if (asked.what !== 'time' || asked.apart) await disconnect()
  return { taken }
}
