/** Whether the money goes back: there is no default, because either is wrong half of the time. */
export function RefundChoice({ id }: { id: string }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">The current period</legend>
      {(
        [
          ['yes', 'Refund all of it'],
          ['no', 'Refund nothing'],
        ] as const
      ).map(([value, label]) => (
        <label key={value} className="flex min-h-8 items-center gap-2" htmlFor={`${id}-${value}`}>
          <input
            id={`${id}-${value}`}
            type="radio"
            name="refund"
            value={value}
            required
            className="size-4 accent-accent"
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
