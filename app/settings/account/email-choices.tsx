import { SubmitButton } from '@/app/components/submit-button'
import type { EmailChoice } from '@/lib/mail/read-choices'
import { setEmails } from './actions'
import { ALWAYS_SENT, EMAIL_NAMES } from './email-names'

/** What can be turned off, each with a button that says what it does, and what always comes. */
export function EmailChoices({ choices }: { choices: EmailChoice[] }) {
  return (
    <section aria-labelledby="emails" className="card p-[min(1.5rem,6vw)]">
      <h2 id="emails" className="font-semibold">
        Emails
      </h2>
      <ul aria-label="Emails that you can choose" className="mt-2 divide-y divide-line">
        {choices.map(({ kind, on }) => (
          <li
            key={kind}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3"
          >
            <div className="min-w-0 flex-1 basis-56">
              <h3 className="font-medium">
                {EMAIL_NAMES[kind].title}
                <span className="font-normal text-ink-3">{on ? ', on' : ', off'}</span>
              </h3>
              <p className="text-[0.9375rem] text-ink-2">{EMAIL_NAMES[kind].detail}</p>
            </div>
            <form action={setEmails}>
              <input type="hidden" name="kind" value={kind} />
              <input type="hidden" name="on" value={on ? 'no' : 'yes'} />
              <SubmitButton busy="Saving…">
                {on ? 'Turn off' : 'Turn on'}
                <span className="sr-only">: {EMAIL_NAMES[kind].title}</span>
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
      <h3 className="mt-3 font-medium text-[0.9375rem]">These always come:</h3>
      <ul className="mt-1 list-disc pl-5 text-[0.9375rem] text-ink-2">
        {ALWAYS_SENT.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  )
}
