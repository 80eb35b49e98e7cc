import { log } from '@/lib/log'
import { live } from './life'
import { END, type Lived, type Part } from './spread'

log.level = 'silent'

process.on('message', async (part: Part | typeof END) => {
  if (part === END) process.disconnect()
  else process.send?.(await lives(part))
})

async function lives({ first, runs, rule }: Part): Promise<Lived> {
  const lived: Lived = { wrong: [], lives: 0, looks: 0 }
  for (let seed = first; seed < first + runs; seed += 1) {
    const { wrongs, looks } = await live({ seed, rule })
    lived.lives += 1
    lived.looks += looks
    if (wrongs.length > 0) lived.wrong.push(seed)
  }
  return lived
}
