import { attributes, type Child, type Html, html } from './html'

export type Field = {
  id: string
  name: string
  label: string
  value: string
  error?: string | undefined
  type?: 'text' | 'email' | 'tel'
  autocomplete?: string
  inputmode?: 'numeric' | 'email' | 'tel'
  placeholder?: string
  maxlength?: number
  required?: boolean
  readonly?: boolean
  /** Puts the cursor here when the page opens: the first thing to correct. */
  focus?: boolean
}

/** A labeled input; what is wrong with it stands below it in words and is tied to it. */
export function inputField(field: Field): Html {
  const { id, label, error, type = 'text', required = false, readonly = false } = field
  return html`<div class="field"><label for="${id}">${label}</label>
<input${attributes({
    type,
    id,
    name: field.name,
    value: field.value,
    autocomplete: field.autocomplete ?? null,
    inputmode: field.inputmode ?? null,
    placeholder: field.placeholder ?? null,
    maxlength: field.maxlength ?? null,
    required,
    readonly,
    autofocus: field.focus ?? false,
    ...describedBy(id, error),
  })}>${fieldError(id, error)}</div>`
}

/** A labeled list of choices; one option is always chosen. */
export function selectField(
  field: Pick<Field, 'id' | 'name' | 'label' | 'value' | 'error' | 'autocomplete'>,
  options: readonly { code: string; name: string }[],
): Html {
  const { id, label, value, error } = field
  return html`<div class="field"><label for="${id}">${label}</label>
<select${attributes({ id, name: field.name, autocomplete: field.autocomplete ?? null, ...describedBy(id, error) })}>${options.map(
    ({ code, name }) =>
      html`<option${attributes({ value: code, selected: code === value })}>${name}</option>`,
  )}</select>${fieldError(id, error)}</div>`
}

/** A problem with the whole form, read out at once. */
export function formError(message: Child): Html {
  return message ? html`<p class="message bad" role="alert">${message}</p>` : html``
}

function describedBy(id: string, error: string | undefined) {
  return { 'aria-invalid': error ? 'true' : null, 'aria-describedby': error ? `${id}-error` : null }
}

function fieldError(id: string, error: string | undefined): Html | null {
  return error ? html`<p class="error" id="${id}-error" role="alert">${error}</p>` : null
}
