import type { StripePaymentElement } from '@stripe/stripe-js'
import type { Frame, FrameMessage, FrameRequest, GroupOfElements, Parts } from './parts'

/** `stripe.elements()`: a Payment Element, whose form is in an iframe of ours. */
export function elementsPart(parts: Parts): Parts['elements'] {
  return (_key, options) => {
    let given = { ...options }
    let frame: Frame | null = null
    let element: StripePaymentElement | null = null
    let submitted = false
    let nth = 0
    const handlers = new Map<string, Set<(event: object) => void>>()
    const waiting = new Map<number, (answer: unknown) => void>()
    const emit = (type: string, event: object = {}) => {
      for (const handler of handlers.get(type) ?? []) handler({ elementType: 'payment', ...event })
    }
    const appearance = () => frame?.say({ do: 'look', appearance: given.appearance ?? {} })
    const hear = (message: FrameMessage) => {
      if (message.sandbox === 'loaded') {
        appearance()
        emit('ready')
      } else if (message.sandbox === 'loaderror') emit('loaderror', { error: message.error })
      else if (message.sandbox === 'focus' || message.sandbox === 'blur') emit(message.sandbox)
      else if (message.sandbox === 'change') {
        submitted = false
        const { complete, empty, type } = message
        emit('change', { complete, empty, collapsed: false, value: { type } })
      } else if (message.sandbox === 'answer') {
        waiting.get(message.nth)?.(message.answer)
        waiting.delete(message.nth)
      }
    }
    const ask = (request: FrameRequest) =>
      new Promise((resolve, reject) => {
        if (!frame)
          return reject(
            new Error(
              'IntegrationError: elements should have a mounted Payment Element. Please make sure the Payment Element is still mounted before calling this.',
            ),
          )
        nth += 1
        waiting.set(nth, resolve)
        frame.say({ ...request, nth })
      })
    const address = () => {
      const { clientSecret, mode, currency } = given
      const types =
        given.allowedPaymentMethodTypes ??
        given.paymentMethodTypes ??
        given.excludedPaymentMethodTypes
      const excludes = types !== undefined && types === given.excludedPaymentMethodTypes
      const asked = {
        ...(clientSecret ? { client_secret: clientSecret } : { mode: mode ?? 'setup' }),
        ...(currency ? { currency } : {}),
        ...(types ? { [excludes ? 'without' : 'types']: types.join(',') } : {}),
      }
      return `/elements/payment?${new URLSearchParams(asked)}`
    }
    const own = {
      mount(where: string | HTMLElement) {
        frame?.remove()
        frame = parts.frame(where, address(), 'Secure payment input frame', hear)
      },
      unmount() {
        frame?.remove()
        frame = null
      },
      destroy() {
        own.unmount()
        handlers.clear()
        element = null
      },
      focus: () => frame?.focus(),
      blur: () => {},
      clear: () => frame?.say({ do: 'clear' }),
      update: () => {},
      collapse: () => {},
      on(type: string, handler: (event: object) => void) {
        const known = handlers.get(type) ?? new Set()
        handlers.set(type, known.add(handler))
        return own
      },
      once(type: string, handler: (event: object) => void) {
        const first = (event: object) => {
          own.off(type, first)
          handler(event)
        }
        return own.on(type, first)
      },
      off(type: string, handler?: (event: object) => void) {
        if (handler) handlers.get(type)?.delete(handler)
        else handlers.delete(type)
        return own
      },
    }
    const group = {
      create(type: string) {
        if (type !== 'payment')
          throw new Error(`The sandbox's Stripe.js has the Payment Element only, and no '${type}'.`)
        if (element)
          throw new Error(
            'IntegrationError: Can only create one Element of type payment per Elements instance.',
          )
        // Its methods are overloaded by the events' names, which the types alone can say.
        element = own as unknown as StripePaymentElement
        return element
      },
      getElement: () => element,
      update(change: object) {
        given = { ...given, ...change }
        appearance()
      },
      fetchUpdates: async () => ({}),
      async submit() {
        const answer = await ask({ do: 'check' })
        submitted = typeof answer === 'object' && answer !== null && !('error' in answer)
        return answer
      },
      sandboxSecret: () => given.clientSecret,
      sandboxSubmitted: () => submitted,
      sandboxAsk: ask,
    }
    return group as unknown as GroupOfElements
  }
}
