import { log } from '@/lib/log'
import { live } from './life'
import { END, type Lived, type Part } from './spread'

log.level = 'silent'

process.on('message', async (part: Part | typeof END) => {
  if (part === END) process.disconnect()
  else process.send?.(await lifecycles(part))
})

async function lifecycles({ first, runs, rule }: Part): Promise<Lived> {
  const lived: Lived = { wrong: [], lifecycles: 0, looks: 0 }
  for (let seed = first; seed < first + runs; seed += 1) {
    const { wrongs, looks } = await live({ seed, rule })
    lived.lifecycles += 1
    lived.looks += looks
    if (wrongs.length > 0) lived.wrong.push(seed)
  }
  return lived
}
