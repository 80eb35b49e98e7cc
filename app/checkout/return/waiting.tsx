import type { Route } from 'next'
import { AskAgain } from './ask-again'
import { isSlow, nextAskIn } from './attempts'
import { Frame } from './frame'

type Words = { now: Saying; late: Saying }
type Saying = { title: string; text: string }
type Props = {
  words: Words
  attempt: number
  here: `/checkout/return?${string}`
  reference: string
}

/** Paid, and the plan is not on yet. */
export const ACTIVATING: Words = {
  now: {
    title: 'Activating your plan…',
    text: 'This usually takes a few seconds. You can close this page; the plan starts by itself.',
  },
  late: {
    title: 'Your payment went through.',
    text: 'Activation is slower than it should be. There is no need to pay again; we keep trying, and you can close this page.',
  },
}

/** Stripe does not answer, so nothing can be said about the payment. */
export const ASKING: Words = {
  now: {
    title: 'Asking Stripe about your payment…',
    text: 'Stripe does not answer just now, so we ask again. There is no need to pay again.',
  },
  late: {
    title: 'Stripe still does not answer.',
    text: 'If you paid, your plan starts as soon as it does, also without this page. There is no need to pay again.',
  },
}

/** Waits for the person, with a script or without. */
export function Waiting({ words, attempt, here, reference }: Props) {
  const seconds = nextAskIn(attempt)
  const next: Route = `${here}&try=${attempt + 1}`
  const slow = isSlow(attempt)
  const { title, text } = slow ? words.late : words.now
  return (
    <Frame tone="info" icon="clock" title={title}>
      <p role="status">{text}</p>
      {seconds === null ? null : (
        <>
          <div className="mt-6 h-0.5 overflow-hidden rounded-full bg-line">
            <div className="h-full w-1/3 animate-[sweep_1.6s_ease-in-out_infinite] bg-accent" />
          </div>
          <AskAgain next={next} seconds={seconds} />
          <noscript>
            <meta httpEquiv="refresh" content={`${seconds};url=${next}`} />
          </noscript>
        </>
      )}
      {slow ? (
        <>
          <a href={here} className="button mt-6">
            Check again
          </a>
          <p className="mt-5 break-all text-ink-3 text-sm">
            Reference <code className="font-mono">{reference}</code>
          </p>
        </>
      ) : null}
    </Frame>
  )
}
