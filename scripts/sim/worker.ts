import { log } from '@/lib/log'
import { without } from './guards'
import { history } from './history'
import { END, type Part, type Wrong } from './spread'

log.level = 'silent'
// Errors are the weather here, and nobody reads where each was made.
Error.stackTraceLimit = 0

process.on('message', async (part: Part | typeof END) => {
  if (part === END) process.disconnect()
  else process.send?.(await tell(part))
})

async function tell(part: Part): Promise<Wrong | null> {
  const guards = without(part.without)
  for (let seed = part.first; seed < part.first + part.runs; seed += 1) {
    const lines = await history(seed, { guards })
    if (lines.length > 0) return { seed, lines }
  }
  return null
}
