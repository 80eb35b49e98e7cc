import type {
  PaymentIntent,
  SetupIntent,
  Stripe,
  StripeElements,
  StripeError,
} from '@stripe/stripe-js'

/**
 * What runs in a page. Each part is one function that is sent as text, so that it may use nothing
 * but its argument, which holds the others, and what a browser has.
 */
export interface Parts {
  /** Where the script came from: the origin of everything that it shows and asks. */
  base: string
  ask(key: string, method: 'GET' | 'POST', path: string, form: Form): Promise<Answer>
  frame(where: string | HTMLElement, path: string, title: string, hear: Hear): Frame
  modal(intent: AnyIntent): Promise<void>
  elements(key: string, options: ElementsOptions): GroupOfElements
  finish(key: string, asked: Finishing): Promise<Finished>
  embedded: Stripe['createEmbeddedCheckoutPage']
}

export type Form = Record<string, string>
export type AnyIntent = PaymentIntent | SetupIntent
export type Answer = { intent: AnyIntent; error?: never } | { intent?: never; error: StripeError }
export type Hear = (message: FrameMessage) => void

/** An iframe of ours in the application's page. */
export interface Frame {
  say(message: object): void
  remove(): void
  focus(): void
}

/** What a frame of ours sends to the page that it is in. */
export type FrameMessage =
  | { sandbox: 'loaded' }
  | { sandbox: 'loaderror'; error: StripeError }
  | { sandbox: 'height'; height: number }
  | { sandbox: 'change'; complete: boolean; empty: boolean; type: string }
  | { sandbox: 'focus' | 'blur' }
  | { sandbox: 'answer'; nth: number; answer: unknown }
  | { sandbox: 'answered' }
  | { sandbox: 'complete'; leads: string }

/** What a page asks the form of a Payment Element to do. */
export type FrameRequest =
  | { do: 'check' }
  | { do: 'pay'; key: string; clientSecret: string; billing: Form }
  | { do: 'method'; key: string; billing: Form }

export interface ElementsOptions {
  clientSecret?: string
  mode?: 'payment' | 'setup' | 'subscription'
  currency?: string
  paymentMethodTypes?: string[]
  allowedPaymentMethodTypes?: string[]
  excludedPaymentMethodTypes?: string[]
  appearance?: { theme?: string; variables?: Record<string, string | undefined> }
}

/** A group of elements, with what the rest of the script needs of it. */
export type GroupOfElements = StripeElements & {
  sandboxSecret: () => string | undefined
  sandboxSubmitted: () => boolean
  sandboxAsk: (request: FrameRequest) => Promise<unknown>
}

/** An intent that was confirmed, or asks for something before it is. */
export interface Finishing {
  answer: Answer
  clientSecret: string
}
export type Finished = Answer
