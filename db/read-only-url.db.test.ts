import { afterAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { openLine } from '@/db/line'
import { readOnlyUrl } from '@/db/read-only-url'
import { env } from '@/lib/env'

const { databaseUrl: url } = env()
const AWAY = 'postgres://ledgerline:hunter2@127.0.0.1:1/ledgerline'
afterAll(disconnect)

it('at an address that only reads, Postgres refuses to write and still answers', async () => {
  const line = openLine(await readOnlyUrl([url]))
  const { client } = line
  await expect(client`select count(*) from webhook_events`).resolves.toHaveLength(1)
  await expect(client`delete from users`).rejects.toMatchObject({ code: '25006' })
  line.close()
})

it('the next address is taken when the first does not answer, and the error repeats no password', async () => {
  expect(new URL(await readOnlyUrl([AWAY, url])).port).toBe(new URL(url).port)
  const failed = readOnlyUrl([AWAY])
  await expect(failed).rejects.toThrow('The database cannot be read without')
  await expect(failed).rejects.not.toThrow('hunter2')
})
