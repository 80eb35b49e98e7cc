import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { END, type Part, type Told } from '@/tests/simulation/spread'
import { Tally } from '@/tests/simulation/tally'
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

async function tell({ first, runs, week }: Part): Promise<Told> {
  const tally = new Tally()
  for (let seed = first; seed < first + runs; seed += 1) {
    const { differs, tally: one } = await replay(seed, week ? { week } : {})
    tally.take(one.times)
    if (differs) return { wrong: { seed, lines: [differs] }, counted: tally.counted() }
  }
  return { wrong: null, counted: tally.counted() }
}
