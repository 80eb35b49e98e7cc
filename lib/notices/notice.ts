import { z } from 'zod'
import { type CustomerId, isCustomerId } from '@/lib/ids'

/** Somebody is to be told about a fact. What it says is written when it goes out. */
export type Notice = z.infer<typeof Notice>

export const Notice = z.object({
  /** The fact's kind, which is its event's type. */
  kind: z.string(),
  objectId: z.string(),
  customerId: z.custom<CustomerId>(isCustomerId).nullable(),
})
