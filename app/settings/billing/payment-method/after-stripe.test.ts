import { describe, expect, test } from 'vitest'
import { afterPayment, afterSetup } from './after-stripe'

describe('after a card was sent to Stripe', () => {
  test('one that was taken goes on, also when the first answer was lost and the second is an error', () => {
    expect(afterSetup({ setupIntent: { id: 'seti_1' } })).toEqual({ kind: 'left', id: 'seti_1' })
    const setup_intent = { id: 'seti_1', status: 'succeeded' }
    for (const type of ['invalid_request_error', 'api_error'] as const)
      expect(afterSetup({ error: { type, setup_intent } })).toEqual({ kind: 'left', id: 'seti_1' })
  })

  test('one that is refused is tried again under the same SetupIntent, and an answer that is lost, too', () => {
    const setup_intent = { id: 'seti_1', status: 'requires_payment_method' }
    for (const type of [
      ...(['card_error', 'api_connection_error', 'validation_error'] as const),
      // A no to the bank's own question has this type.
      'invalid_request_error' as const,
    ])
      expect(afterSetup({ error: { type, message: 'No.', setup_intent } })).toEqual({
        ...{ kind: 'refused', message: 'No.', over: false },
      })
  })

  test('a SetupIntent that takes nothing more leaves the form usable: the next press has another', () => {
    for (const status of ['canceled', 'processing'])
      expect(
        afterSetup({
          error: { type: 'invalid_request_error', setup_intent: { id: 'seti_1', status } },
        }),
      ).toMatchObject({ kind: 'refused', over: true })
    expect(afterSetup({ error: { type: 'invalid_request_error' } })).toMatchObject({ over: true })
  })
})

describe('after the bank was asked about a payment', () => {
  test('only a no of the bank or of its customer says that nothing was charged', () => {
    expect(afterPayment({ type: 'card_error', code: 'card_declined' })).toBe('refused')
    const code = 'payment_intent_authentication_failure'
    expect(afterPayment({ type: 'invalid_request_error', code })).toBe('refused')
  })

  test('whatever else went wrong is looked up, because the money may have moved', () => {
    for (const type of ['api_connection_error', 'api_error', 'rate_limit_error'] as const)
      expect(afterPayment({ type })).toBe('unknown')
    const code = 'payment_intent_unexpected_state'
    expect(afterPayment({ type: 'invalid_request_error', code })).toBe('unknown')
    expect(afterPayment({ type: 'invalid_request_error' })).toBe('over')
  })
})
