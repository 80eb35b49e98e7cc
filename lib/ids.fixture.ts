import { randomUUID } from 'node:crypto'
import { isUserId, type UserId } from './ids'

/** The id of no user, or of one who is yet to come. */
export function newUserId(): UserId {
  const id: unknown = randomUUID()
  if (isUserId(id)) return id
  throw new Error('randomUUID gave no UUID.')
}
