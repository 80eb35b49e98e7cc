import { it } from 'vitest'
import { WITHOUT_SOAKS } from './soaks'

/** A case beside which its file has another of the same rule: `npm test` leaves it to `npm run test:all`. */
export const soak = it.skipIf(WITHOUT_SOAKS)
