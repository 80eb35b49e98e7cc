/** A field as the document has it. */
export type Control = {
  name: string
  type: string
  value: string
  required: boolean
  checked?: boolean
  /** `once`: the page draws its value anew each time (`data-once`), so it says nothing of what the form acts on. */
  dataset?: { once?: string | undefined }
}

/** What was typed into one form, and how to know that form again on a page of a later build. */
export type TypedForm = {
  /** Which of the document's forms it is. */
  at: number
  /** Its fields in their order, each hidden one with its value: what it acts on is in there. */
  shape: string[]
  /** `nth`: which of its fields. */
  typed: { nth: number; value: string }[]
}

/**
 * What to keep of a form that was sent. No password or file, nothing that the page itself wrote, and no consent:
 * that is given to what stands there now.
 */
export function keepTyped(at: number, form: readonly Control[]): TypedForm {
  const own = ownOf(form)
  const typed = own.flatMap((control, nth) =>
    isTyped(control, own) && (!isTick(control) || control.checked)
      ? [{ nth, value: control.value }]
      : [],
  )
  return { at, shape: shapeOf(own), typed }
}

/** Puts it back into the same form of the page, and into no other. */
export function putBackTyped({ at, shape, typed }: TypedForm, page: readonly Control[][]): void {
  const own = ownOf(page[at] ?? [])
  if (JSON.stringify(shapeOf(own)) !== JSON.stringify(shape)) return
  for (const { nth, value } of typed) {
    const control = own[nth]
    if (!control || !isTyped(control, own)) continue
    if (!isTick(control)) control.value = value
    else if (control.value === value) control.checked = true
  }
}

// React's own fields name an action of one build, and are not there at all where the browser made the page.
function ownOf(form: readonly Control[]): Control[] {
  return form.filter(({ name }) => name && !name.startsWith('$ACTION_'))
}

function shapeOf(own: readonly Control[]): string[] {
  return own.map(({ name, type, value, dataset }) => {
    const says = type === 'hidden' && dataset?.once === undefined ? value : ''
    return [name, type, says].join('\n')
  })
}

function isTyped(control: Control, own: readonly Control[]): boolean {
  if (/^(hidden|password|file)$/.test(control.type)) return false
  // One required radio makes all of its name a choice that must be made.
  return !isTick(control) || !own.some(({ name, required }) => name === control.name && required)
}

function isTick({ type }: Control): boolean {
  return /^(radio|checkbox)$/.test(type)
}
