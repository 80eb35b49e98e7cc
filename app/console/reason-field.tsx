/** Why: it stays in the audit trail, which no one can change. */
export function ReasonField({ id }: { id: string }) {
  return (
    <div>
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
        className="field min-h-10! py-1! text-sm!"
      />
    </div>
  )
}
