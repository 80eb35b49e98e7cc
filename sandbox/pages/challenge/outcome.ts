import { Refusal } from '@/sandbox/pages/refusal'

/** What Stripe shows to a person whose bank did not recognize them. */
export const CHALLENGE_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

/** Which of the two buttons was pressed. */
export function readOutcome(form: URLSearchParams): 'complete' | 'fail' {
  const outcome = form.get('outcome')
  if (outcome === 'complete' || outcome === 'fail') return outcome
  throw new Refusal(
    400,
    'No answer was given',
    'Go back and choose whether the authentication succeeds.',
  )
}
