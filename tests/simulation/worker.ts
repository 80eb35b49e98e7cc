import { log } from '@/lib/log'
import { without } from './guards'
import { playHistory } from './history'
import { END, type Part, type PartResult } from './spread'
import { Tally } from './tally'

log.level = 'silent'
// Errors are normal here, and their stack traces are not read.
Error.stackTraceLimit = 0

process.on('message', async (part: Part | typeof END) => {
  if (part === END) process.disconnect()
  else process.send?.(await play(part))
})

async function play(part: Part): Promise<PartResult> {
  const guards = without(part.without)
  const tally = new Tally()
  const options = part.week ? { guards, week: true } : { guards }
  for (let seed = part.first; seed < part.first + part.runs; seed += 1) {
    const { wrong, tally: one } = await playHistory(seed, options)
    tally.take(one.times)
    if (wrong.length > 0) return { wrong: { seed, lines: wrong }, counted: tally.counted() }
  }
  return { wrong: null, counted: tally.counted() }
}
