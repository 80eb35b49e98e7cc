import { expect } from 'vitest'
import { wantsDatabase } from './test-databases/wanted'

// Runs before each test file; a pure one has no database, and none of the environment that goes with it.
if (wantsDatabase(expect.getState().testPath ?? '')) await import('./test-database')
