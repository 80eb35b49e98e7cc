import type { Direction } from '@/tests/harness/faults/wire'

/** Something that a wire saw before passing it on. */
export type Sighting = {
  /** A SQL function's name, `GET /v1/subscriptions`, `redis SET`, `webhook`. */
  what: string
  way: Direction
  /** What can be read of it; of an answer also what was asked. */
  text: string
}

/** Decides what becomes of it: it is passed on once this resolves, or its connection is dropped. */
export type See = (sighting: Sighting) => undefined | 'cut' | Promise<undefined | 'cut'>
