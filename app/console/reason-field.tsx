import { FormOwner } from '@/app/components/form-owner'
import { type Fill, typedInto } from './fill'

/** Why: it stays in the audit trail, which no one can change. `id` names its form on the page, too. */
export function ReasonField({ id, fill }: { id: string; fill: Fill }) {
  return (
    <div>
      <FormOwner of={fill.operator.id} at="console" />
      <input type="hidden" name="form" value={id} />
      <label htmlFor={id} className="mb-1 block font-medium">
        Reason
      </label>
      <input
        id={id}
        name="reason"
        required
        minLength={3}
        maxLength={500}
        autoComplete="off"
        defaultValue={typedInto(id, fill).reason}
        className="field min-h-10! py-1! text-sm!"
      />
    </div>
  )
}
