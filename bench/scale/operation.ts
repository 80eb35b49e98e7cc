import type { Person } from './person'

/** One thing that is timed in both sizes. */
export type Operation = {
  words: string
  /** `hot`: someone waits for it, or each event needs it. `job`: a job does it, slice by slice. */
  path: 'hot' | 'job'
  /** Makes everything ready for a person's turn, and answers with the part that is timed. */
  ready(person: Person, workspaces: number): Promise<() => Promise<unknown>>
}
