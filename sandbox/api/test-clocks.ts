import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { required } from '@/sandbox/http/rule'
import { instant, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import { startAdvance } from '@/sandbox/lifecycle/test-clock/advance'
import { deleteTestClock } from '@/sandbox/lifecycle/test-clock/delete'

// What Stripe answers with; here a clock stays until it is deleted.
const KEPT_SECONDS = 30 * 86_400

const CLOCKS = '/v1/test_helpers/test_clocks'

export const createTestClock = endpoint(
  'POST',
  CLOCKS,
  { frozen_time: required(instant()), name: text(300) },
  ({ tx, params }) => {
    const clock = tx.insert('test_helpers.test_clock', {
      id: newId('clock'),
      object: 'test_helpers.test_clock',
      created: tx.now,
      deletes_after: tx.now + KEPT_SECONDS,
      frozen_time: params.frozen_time,
      livemode: false,
      name: params.name ?? null,
      status: 'ready',
      status_details: {},
    })
    tx.emit('test_helpers.test_clock.created', 'test_helpers.test_clock', clock.id)
    return clock
  },
)

export const getTestClock = endpoint('GET', `${CLOCKS}/:id`, {}, ({ tx, id }) =>
  tx.get('test_helpers.test_clock', id),
)

export const listTestClocks = endpoint('GET', CLOCKS, paging, ({ tx, params }) =>
  page(tx.all('test_helpers.test_clock'), params, CLOCKS),
)

export const advanceTestClock = endpoint(
  'POST',
  `${CLOCKS}/:id/advance`,
  { frozen_time: required(instant()) },
  ({ tx, id, params }) => startAdvance(tx, id, params.frozen_time),
)

export const removeTestClock = endpoint('DELETE', `${CLOCKS}/:id`, {}, ({ tx, id }) =>
  deleteTestClock(tx, id),
)
