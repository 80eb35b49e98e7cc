import type { Served } from './apps/serve-app'

/** One of the applications that are compared. */
export type Side = {
  server: Served
  path: string
  /** What is posted in a round. */
  bodies(): Promise<string[]> | string[]
  /** Waits until all that follows the answers is done; false when the round says nothing. */
  finish(): Promise<boolean>
}

/** Only answers count for those that have nothing else to do. */
export const NOTHING_FOLLOWS = async () => true
