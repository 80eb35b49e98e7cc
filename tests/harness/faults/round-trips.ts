import type { Watch } from './wire'

/**
 * Records each time that a client speaks and then waits, which is what a network between the two would
 * cost. Not how many statements there are: two that go together cost one, and one that is first
 * described and then run costs two.
 */
export function roundTrips(): { watch: Watch; taken(): string[] } {
  let trips: string[] = []
  const lastWay = new Map<number, string>()
  return {
    watch(chunk, way, connection) {
      if (way === 'up' && lastWay.get(connection) !== 'up') trips.push(nameOf(chunk))
      lastWay.set(connection, way)
      return undefined
    },
    /** Since the last time that this was asked, by the function or table that each was about. */
    taken() {
      const counted = trips
      trips = []
      return counted
    },
  }
}

// What a statement calls, or reads from; without either it only goes on with the one before.
function nameOf(chunk: Buffer): string {
  const words = /(?:select |from |update |insert into )"?([a-z]+_[a-z_]+|[a-z]+(?="))/.exec(
    chunk.toString('latin1'),
  )
  return words?.[1] ?? 'more'
}
