import type { ReactNode } from 'react'
import { SubmitButton } from '@/app/components/submit-button'
import type { Fill } from './fill'
import { ReasonField } from './reason-field'

type Props = {
  /** The name of its form on the page. */
  id: string
  fill: Fill
  /** What had happened when the page was drawn: with more since, the act is refused. */
  seen: number
  run: (form: FormData) => Promise<never>
  /** What opens it. */
  summary: ReactNode
  button: ReactNode
  busy: string
  /** What it does, and what it is about in hidden fields. */
  children: ReactNode
}

/** An act on one of many things of a page: closed until it is wanted, or was refused. Its reason is asked for. */
export function FoldedAct({ id, fill, seen, run, summary, button, busy, children }: Props) {
  return (
    <details className="not-first:mt-1.5" open={fill.typed.form === id}>
      <summary className="link w-fit py-0.5">{summary}</summary>
      <form action={run} className="mt-2 grid max-w-xl gap-2">
        {children}
        <input type="hidden" name="seen" value={seen} />
        <ReasonField id={id} fill={fill} />
        <SubmitButton busy={busy} className="min-h-10! justify-self-start text-sm!">
          {button}
        </SubmitButton>
      </form>
    </details>
  )
}
