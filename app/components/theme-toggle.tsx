const THEMES = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

/** Plain radios: the script in the document's head gives them their meaning, and without it they are not shown. */
export function ThemeToggle() {
  return (
    <fieldset className="scripting-only -mx-2 flex">
      <legend className="sr-only">Theme</legend>
      {THEMES.map(([value, label]) => (
        <label
          key={value}
          className="flex min-h-11 items-center rounded-md px-2.5 text-ink-3 hover:text-ink has-checked:text-ink has-checked:underline has-checked:decoration-accent has-checked:decoration-2 has-checked:underline-offset-[6px] has-focus-visible:outline-2 has-focus-visible:outline-[var(--focus)]"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            defaultChecked={value === 'system'}
            className="sr-only"
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
