/** Markup that is safe to send: made only by the `html` tag or, for our own constants, by `trusted`. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text
  }
}

/** What may stand in a template: text and numbers are escaped, markup is kept, nothing prints nothing. */
export type Child = Html | string | number | false | null | undefined | readonly Child[]

/** Builds markup; every interpolated value is escaped unless it is markup itself. Quote all attributes. */
export function html(strings: TemplateStringsArray, ...children: Child[]): Html {
  return new Html(String.raw({ raw: strings }, ...children.map(render)))
}

/** Marks a constant of this folder as markup. Never for anything that came from a request or an object. */
export function trusted(text: string): Html {
  return new Html(text)
}

/** Attributes from values: `true` writes the bare name, `false` and `null` leave it out, text is escaped. */
export function attributes(values: Record<string, string | number | boolean | null>): Html {
  const written = Object.entries(values)
    .filter(([, value]) => value !== false && value !== null)
    .map(([name, value]) =>
      value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`,
    )
  return new Html(written.join(''))
}

function render(child: Child): string {
  if (child instanceof Html) return child.text
  if (Array.isArray(child)) return child.map(render).join('')
  if (child === false || child === null || child === undefined) return ''
  return escapeText(String(child))
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Old parsers end an unquoted attribute at a backtick.
  '`': '&#96;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
}
