import { dataPath } from '@/scripts/stack/paths'
import { embedPostgres } from '@/scripts/stack/postgres'
import type { Stack } from '@/scripts/stack/stack'

/** A Postgres for the sizes alone, which keeps what it was filled with from run to run. */
export async function bringCluster(stack: Stack): Promise<string> {
  const dir = dataPath('bench-scale', 'postgres')
  const { url } = await stack.bring(() =>
    embedPostgres({ dir, port: 0, durable: false, settings: SETTINGS }),
  )
  return url
}

const SETTINGS = {
  // What a database of this size runs on at least; the 128 MB of a fresh cluster are for none.
  shared_buffers: '2GB',
  // The least log, and a checkpoint rather than one every gigabyte: it is filled once, and thrown away.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  // Nothing runs beside what is measured.
  autovacuum: 'off',
}
