import type { Typed } from '@/app/typed'
import { FEEDBACK, type Feedback } from '@/lib/leaving'

const WORDS: Record<Feedback, string> = {
  too_expensive: 'It is too expensive',
  missing_features: 'It lacks something that I need',
  unused: 'I do not use it enough',
  switched_service: 'I use something else now',
  too_complex: 'It is hard to use',
  low_quality: 'It does not work well enough',
  customer_service: 'I was not helped well',
  other: 'Something else',
}

/** Optional fields that ask why the customer cancels: fields of the form with this id. */
export function Reasons({ form, typed }: { form: string; typed: Typed }) {
  return (
    <fieldset className="card p-[min(1.5rem,6vw)]">
      <legend className="sr-only">Why are you leaving? Optional.</legend>
      <p aria-hidden="true" className="font-semibold">
        Why are you leaving? <span className="font-normal text-ink-3">Optional</span>
      </p>
      <div className="mt-3 grid gap-x-4 sm:grid-cols-2">
        {FEEDBACK.map((each) => (
          <label key={each} className="flex min-h-9 items-center gap-2 text-[0.9375rem]">
            <input
              type="radio"
              name="feedback"
              value={each}
              form={form}
              defaultChecked={typed.feedback === each}
            />
            {WORDS[each]}
          </label>
        ))}
      </div>
      <label className="mt-3 block text-[0.9375rem] text-ink-2">
        What should we know?
        <textarea
          name="comment"
          form={form}
          rows={2}
          maxLength={500}
          defaultValue={typed.comment}
          className="field mt-1"
        />
      </label>
    </fieldset>
  )
}
