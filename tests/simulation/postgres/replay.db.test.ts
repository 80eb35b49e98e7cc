import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { replay } from './replay'
import { installVirtualTime } from './virtual-time'

const HISTORIES = 100

beforeAll(installVirtualTime)
afterAll(disconnect)

it(`Postgres answers and keeps what the ledger in memory does, in ${HISTORIES} histories`, async () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    expect((await replay(seed)).differs, `npm run sim -- --postgres --seed ${seed}`).toBeNull()
  }
}, 300_000)
