import { z } from 'zod'
import { readEvents } from '@/lib/console/events'
import { parseCustomerId } from '@/lib/ids'
import { requireDatabase } from './prepare'
import { tool } from './tool'

/** What Stripe has sent, for an agent. */
export const eventsTool = tool({
  title: 'Events from Stripe',
  description:
    'The latest fifty events that Stripe sent, the newest first, with what became of each: all, or those of one type, one customer, or one state (pending: not worked off yet; dead: given up). It shows no payload.',
  takes: z.strictObject({
    type: z.string().min(1).optional().describe('such as invoice.paid'),
    customer: z.string().startsWith('cus_').optional(),
    state: z.enum(['pending', 'dead']).optional(),
  }),
  async run({ type = null, customer, state = null }, ready) {
    requireDatabase(ready)
    const filter = { type, customer: customer ? parseCustomerId(customer) : null, state }
    const { events, open } = await readEvents({ ...filter, after: null })
    return { open, events }
  },
})
