/** The fields of the form on a page whose HTML holds `marker`, as a browser without scripts sends them. */
export function fieldsOf(html: string, marker: string): Record<string, string> {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((each) => each.includes(marker))
  if (!form) throw new Error(`The page has no form with ${marker}.`)
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(input, 'name')
    if (name !== null) fields[name] = attribute(input, 'value') ?? ''
  }
  return fields
}

export function formData(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

function attribute(tag: string, name: string): string | null {
  const [, text] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? []
  if (text === undefined) return null
  return text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
}
