import type { See } from '@/tests/harness/sighting'
import type { Point } from './crash-points'

export type Trigger = {
  see: See
  /** Resolves when the server has been killed at the point. */
  fired: Promise<void>
  /** Lets go of what a `late` point held. */
  release(): void
}

/**
 * Follows a point's path through what the wires see and kills at its end. `about`: ids of a customer
 * and of their events; only what names one of them counts. While it is empty, whichever customer
 * comes first is the one.
 */
export function setTrigger(
  { path, last }: Pick<Point, 'path' | 'last'>,
  about: Set<string>,
  kill: () => Promise<void>,
): Trigger {
  let step = 0
  let release = () => {}
  const released = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  let resolveFired: (end: Promise<void>) => void = () => {}
  const fired = new Promise<void>((resolve) => {
    resolveFired = resolve
  })
  const shoot = () => {
    const gone = kill()
    resolveFired(gone)
    return gone
  }
  return {
    fired,
    release,
    see({ what, way, text }) {
      const next = path[step]
      if (next?.what !== what || next.way !== way) return
      const [first] = /cus_\w+/.exec(text) ?? []
      if (about.size === 0 && first) about.add(first)
      if (![...about].some((id) => text.includes(id))) return
      step += 1
      if (step < path.length) return next.holds && fired.then(() => 'cut' as const)
      if (last === 'passed') return void setImmediate(shoot)
      const gone = shoot()
      return last === 'late' ? released : gone.then(() => 'cut' as const)
    },
  }
}
