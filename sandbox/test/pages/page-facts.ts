/** What a page offers, read from its markup the way its reader meets it. For tests of these pages. */
export function pageFacts(page: string) {
  const body = page.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '')
  return {
    title: first(page, /<title>([\s\S]*?)<\/title>/),
    headings: texts(body, /<h([1-3])[^>]*>([\s\S]*?)<\/h\1>/g, 2),
    buttons: texts(body, /<button[^>]*>([\s\S]*?)<\/button>/g),
    links: Object.fromEntries(
      [...body.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(([, tag = '', text = '']) => [
        attribute(tag, 'aria-label') || plain(text),
        attribute(tag, 'href'),
      ]),
    ),
    alerts: texts(body, /<p[^>]*role="alert"[^>]*>([\s\S]*?)<\/p>/g),
    rowHeaders: texts(body, /<th scope="row"[^>]*>([\s\S]*?)<\/th>/g),
    choices: texts(body, /<label class="choice[^>]*>([\s\S]*?)<\/label>/g),
    text: plain(body),
    field: (label: string) => fieldOf(body, label),
  }
}

/** The attributes of the input that `label` names, or null. */
function fieldOf(body: string, label: string): Record<string, string> | null {
  const labels = [...body.matchAll(/<label for="([^"]*)">([\s\S]*?)<\/label>/g)]
  const id = labels.find(([, , text = '']) => plain(text) === label)?.[1]
  const tag = new RegExp(`<(?:input|select|textarea)\\b[^>]*\\bid="${id}"[^>]*>`).exec(body)?.[0]
  if (!id || !tag) return null
  return Object.fromEntries(
    [...tag.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      plain(value),
    ]),
  )
}

function texts(body: string, pattern: RegExp, group = 1): string[] {
  return [...body.matchAll(pattern)].map((match) => plain(match[group] ?? ''))
}

function first(page: string, pattern: RegExp): string {
  return plain(pattern.exec(page)?.[1] ?? '')
}

function attribute(tag: string, name: string): string {
  return plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#96': '`',
}

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1')
    .trim()
}
