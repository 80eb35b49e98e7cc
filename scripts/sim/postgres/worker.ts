import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { END, type Part, type Wrong } from '@/scripts/sim/spread'
import { replay } from './replay'
import { installVirtualTime } from './virtual-time'

log.level = 'silent'

const ready = installVirtualTime()

process.on('message', async (part: Part | typeof END) => {
  await ready
  if (part !== END) return process.send?.(await tell(part))
  await disconnect()
  process.disconnect()
})

async function tell({ first, runs }: Part): Promise<Wrong | null> {
  for (let seed = first; seed < first + runs; seed += 1) {
    const line = await replay(seed)
    if (line) return { seed, lines: [line] }
  }
  return null
}
