import type { ReactNode } from 'react'
import type { Shown } from '@/app/components/read-refusal'
import { type Field, wrongField } from './wrong-field'

type Props = {
  name: string
  label: string
  refusal: Shown | null
  /** The field itself, given what makes it the label's and says that it is wrong. */
  children: (given: {
    id: string
    name: string
    className: string
    'aria-invalid': true | undefined
    'aria-describedby': string | undefined
  }) => ReactNode
  /** Beside the label. */
  note?: string
}

/** A field with its label above and, where it was refused, why below. */
export function FormLine({ name, label, refusal, children, note }: Props) {
  const wrong = refusal && isAbout(refusal, name) ? refusal : null
  const [id, describes] = [`details-${name}`, `details-${name}-wrong`]
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-[0.9375rem]">
        {label}
        {note ? <span className="font-normal text-ink-3"> {note}</span> : null}
      </label>
      {children({
        ...{ id, name, className: 'field font-normal [font-family:inherit]' },
        'aria-invalid': wrong ? true : undefined,
        'aria-describedby': wrong ? describes : undefined,
      })}
      {wrong ? (
        <p id={describes} role="alert" className="text-danger text-sm">
          {wrong.title} {wrong.advice}
        </p>
      ) : null}
    </div>
  )
}

function isAbout({ reason }: Shown, name: string): boolean {
  const field: Field | null = wrongField(reason)
  return field === name
}
