import type { Tx } from '@/sandbox/store/transaction'

/** Something that time alone brings about, at a business instant in Unix seconds. */
export interface Due {
  at: number
  run(tx: Tx): void
}
