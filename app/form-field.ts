/**
 * The text of a form's field; undefined when there is none, or when it is a file. The form itself
 * is `unknown`, because an action is called with whatever a client posts.
 */
export function fieldText(form: unknown, name: string): string | undefined {
  const value = form instanceof FormData ? form.get(name) : undefined
  return typeof value === 'string' ? value : undefined
}
