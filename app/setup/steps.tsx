import type { ReactNode } from 'react'
import { StatusMark } from '@/app/console/status-mark'
import type { Setup, Step } from '@/lib/setup/read-setup'

/** What is to do, group by group, each step with its fix; what is done is named in one line. */
export function Steps({ setup: { groups, missing, advice } }: { setup: Setup }) {
  return (
    <>
      <h1 className="display text-3xl">{heading(missing)}</h1>
      <p className="mt-3 text-ink-2">
        {missing > 0 ? 'Do it from the top: what comes later often waits for it. ' : null}
        {advice > 0 ? `${counted(advice, 'more step')} to know about before you sell. ` : null}
        After a change of variables, deploy again. <code>npm run doctor</code> says more than this
        page, which is open to everyone until the first operator signs in.
      </p>
      {groups.map(({ group, steps }) => (
        <section key={group} aria-labelledby={group} className="mt-8">
          <h2 id={group} className="font-semibold">
            {group}
          </h2>
          <Group steps={steps} />
        </section>
      ))}
    </>
  )
}

function Group({ steps }: { steps: readonly Step[] }) {
  const open = steps.filter(({ status }) => status === 'fail' || status === 'warn')
  const done = steps.filter(({ status }) => status === 'ok')
  const later = steps.filter(({ status }) => status === 'skip')
  return (
    <>
      {open.length > 0 ? (
        <ul className="card mt-2 divide-y divide-line px-5">
          {open.map(({ id, title, status, why, fix }) => (
            <li key={id} className="py-3.5">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className="font-medium">{title}</h3>
                <span className="text-sm">
                  <StatusMark status={status === 'fail' ? 'to_do' : 'to_know'} />
                </span>
              </div>
              {why ? <p className="mt-1 break-words text-ink-2">{withCode(why)}</p> : null}
              <p className="mt-1 break-words">{withCode(fix ?? '')}</p>
            </li>
          ))}
        </ul>
      ) : null}
      <Line label="Done" steps={done} />
      <Line label="Not looked at, or not needed" steps={later} />
    </>
  )
}

function Line({ label, steps }: { label: string; steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <p className="mt-2 text-ink-3 text-sm">
      {label}: {steps.map(({ title }) => title).join(', ')}.
    </p>
  )
}

function heading(missing: number): string {
  if (missing === 0) return 'Nearly set up.'
  return missing === 1 ? 'One thing is missing.' : `${missing} things are missing.`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

// Commands stand between backticks, as in the terminal.
function withCode(text: string): ReactNode[] {
  return text.split('`').map((part, n) => (n % 2 === 1 ? <code key={part}>{part}</code> : part))
}
