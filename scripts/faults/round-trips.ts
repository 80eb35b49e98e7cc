import type { Watch } from './wire'

/**
 * Counts how often a client speaks and then waits: what a network between the two would cost. Not
 * how many statements there are: two that go together cost one, and one that is first described
 * and then run costs two.
 */
export function roundTrips(): { watch: Watch; count(): number } {
  let trips = 0
  const lastWay = new Map<number, string>()
  return {
    watch(_chunk, way, connection) {
      if (way === 'up' && lastWay.get(connection) !== 'up') trips += 1
      lastWay.set(connection, way)
      return undefined
    },
    /** Since the last time that this was asked. */
    count() {
      const counted = trips
      trips = 0
      return counted
    },
  }
}
