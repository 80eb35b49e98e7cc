import type { CustomerId } from '@/lib/ids'
import type { Guards } from './guards'
import type { MemoryLedger } from './memory-ledger'
import type { Random } from './random'
import type { Timeline } from './timeline'
import type { Truth } from './truth'
import type { Weather } from './weather'

/** Everything that one history consists of. */
export type World = {
  time: Timeline
  random: Random
  weather: Weather
  ledger: MemoryLedger
  guards: Guards
  truths: Map<CustomerId, Truth>
  /** Reads of dead processes: nobody answers them. */
  hung: ((error: unknown) => void)[]
  /** Called with what each commit had read of a customer, in the order of the commits. */
  committed(customerId: string, version: number): void
}
