import { setTimeout as wait } from 'node:timers/promises'
import type { Server } from '@/tests/harness/server'
import type { See } from '@/tests/harness/sighting'
import type { Point } from './crash-points'
import { prepareDeath, type Scenario } from './scenarios'
import { setTrigger } from './trigger'

/** What came of one death. */
export type Death = { point: Point; round: number; problem: string | null; release(): void }

// A drain waits for a lease of 30 s to end; everything else comes within seconds, even here.
const PATIENCE_MS = { drain: 60_000, other: 12_000 }

// Under load a Redis that is late is left out for ten seconds, and with it the step that it takes.
const TRIES = 3

/** Comes to one point, kills the server there, starts it again and ends the story. */
export async function die(
  server: Server,
  scenario: Scenario,
  point: Point,
  round: number,
): Promise<Death> {
  for (let tried = 1; ; tried += 1) {
    const steps = await prepareDeath(scenario, point, tried === 1 ? round : 0)
    const trigger = setTrigger(point, steps.about, server.kill)
    let over = false
    server.watch(steps.outage ? withoutStripe(trigger.see, steps.about) : trigger.see)
    const story = steps.before(server, () => over)
    const patience = point.story === 'drain' ? PATIENCE_MS.drain : PATIENCE_MS.other
    const late = wait(patience, 'late' as const, { ref: false })
    const end = await Promise.race([trigger.fired, late])
    over = true
    server.watch(null)
    await story
    if (end !== 'late') await server.start()
    await steps.after(server)
    if (end !== 'late') return { point, round, problem: null, release: trigger.release }
    if (tried === TRIES)
      return { point, round, problem: 'it was not reached', release: trigger.release }
  }
}

/** The same watcher, while Stripe drops whatever is asked about a customer. */
function withoutStripe(see: See, about: Set<string>): See {
  return (sighting) => {
    const word = see(sighting)
    if (word !== undefined) return word
    const isRead = sighting.what.startsWith('GET /v1/') && sighting.way === 'up'
    const isAbout = [...about].some((id) => sighting.text.includes(id))
    return isRead && isAbout ? 'cut' : undefined
  }
}
