import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cronsOf } from '@/lib/jobs/cron'
import vercel from '@/vercel.json'

const jobs = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

describe.each(jobs)('/api/cron/%s', (job) => {
  it.each(['Bearer undefined', 'Bearer null', 'Bearer ', ''])(
    'does not open to %j',
    async (said) => {
      const { GET } = await import(`./${job}/route.ts`)
      const request = new Request(`http://localhost:3000/api/cron/${job}`, {
        headers: { authorization: said },
      })
      const response = await GET(request)
      expect(response.status).toBe(401)
      expect(response.headers.get('cache-control')).toBe('no-store')
    },
  )

  it('has no other method: Next answers 405 to what a route does not export', async () => {
    const { GET, maxDuration, ...rest } = await import(`./${job}/route.ts`)
    expect(GET).toBeTypeOf('function')
    expect(maxDuration).toBeLessThanOrEqual(60)
    expect(rest).toEqual({})
  })
})

it('every schedule in vercel.json has its route', () => {
  const paths = jobs.map((job) => `/api/cron/${job}`)
  expect(paths).toEqual(expect.arrayContaining(cronsOf(vercel).map(({ path }) => path)))
})
