import { type Check, fail, ok, warn } from '@/lib/doctor/check'

// Milliseconds there and back. Within a region it is one or two; a webhook asks once, a page up to six times.
const NEAR = 20
// A page would wait for a second and more.
const FAR = 200

/** How far the database is: the best sign that both are in one region. */
export const databaseLatency: Check = {
  id: 'database_latency',
  title: 'Distance to Postgres',
  group: 'Postgres',
  after: 'database',
  needs: 'places',
  async look({ database }) {
    const { roundTripMs } = await database()
    const detail = `${roundTripMs.toFixed(1)} ms there and back`
    const fix = 'Run both in one region: `regions` in vercel.json, or the region of the database.'
    if (roundTripMs >= FAR) return fail(detail, fix)
    return roundTripMs >= NEAR ? warn(`${detail}, from this machine`, fix) : ok(detail)
  },
}
