import { HOT } from './hot'
import { JOBS } from './jobs'
import type { Operation } from './operation'
import { PRUNING } from './pruning'

/** All that is timed, in the order of the table. */
export const OPERATIONS = { ...HOT, ...JOBS, ...PRUNING } satisfies Record<string, Operation>

export type OperationName = keyof typeof OPERATIONS

/** How much the larger of two sizes, a hundred times the other, may cost of it. */
export const BOUNDS: Record<Operation['path'], number> = { hot: 1.1, job: 2 }
