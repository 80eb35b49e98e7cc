import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { rowsOf } from '@/db/rows-of'
import { type Clinic, openClinic } from '@/lib/doctor/clinic.fixture'

const chart = vi.hoisted(() => ({ env: null as import('@/lib/env').Env | null }))
vi.mock('@/lib/env', async (original) => ({
  ...(await original<typeof import('@/lib/env')>()),
  env: () => chart.env,
}))

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic(chart)
})
afterAll(() => clinic.close())

it('looking stores one event an hour, however often the doctor runs', async () => {
  const probes = () =>
    rowsOf<{ id: string }>(sql`delete from webhook_events where type = 'doctor.probe' returning id`)
  const hour = new Date().setUTCMinutes(0, 0, 0)
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    for (const minutes of [0, 20, 59, 60]) {
      vi.setSystemTime(hour + minutes * 60_000)
      const [found] = await clinic.diagnose({}, ['webhook_round_trip'])
      expect(found).toMatchObject({ status: 'ok' })
    }
  } finally {
    vi.useRealTimers()
  }
  expect((await probes()).map(({ id }) => id).sort()).toEqual(
    [hour, hour + 3_600_000].map(
      (at) => `evt_doctor_${new Date(at).toISOString().slice(0, 13).replace(/\D/g, '')}`,
    ),
  )
})
