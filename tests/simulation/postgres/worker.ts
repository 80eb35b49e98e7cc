import { disconnect } from '@/db/client'
import { log } from '@/lib/log'
import { END, type Part, type PartResult } from '@/tests/simulation/spread'
import { Tally } from '@/tests/simulation/tally'
import { replay } from './replay'
import { installVirtualTime } from './virtual-time'

log.level = 'silent'

const ready = installVirtualTime()

process.on('message', async (part: Part | typeof END) => {
  await ready
  if (part !== END) return process.send?.(await play(part))
  await disconnect()
  process.disconnect()
})

async function play({ first, runs, week }: Part): Promise<PartResult> {
  const tally = new Tally()
  for (let seed = first; seed < first + runs; seed += 1) {
    const { differs, tally: one } = await replay(seed, week ? { week } : {})
    tally.take(one.times)
    if (differs) return { wrong: { seed, lines: [differs] }, counted: tally.counted() }
  }
  return { wrong: null, counted: tally.counted() }
}
