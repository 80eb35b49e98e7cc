import type { Mail } from './mail'

/** A short message with one thing to click, as plain text and as simple HTML. */
export function renderEmail(given: {
  to: string
  subject: string
  paragraphs: readonly string[]
  link: { label: string; url: string }
}): Mail {
  const { to, subject, paragraphs, link } = given
  const text = [...paragraphs, `${link.label}:\n${link.url}`].join('\n\n')
  const html = [
    ...paragraphs.map((words) => `<p>${inHtml(words)}</p>`),
    `<p><a href="${inHtml(link.url)}">${inHtml(link.label)}</a></p>`,
  ]
  return {
    to,
    subject,
    text: `${text}\n`,
    html: `${html.join('\n')}\n`,
    link: link.url,
    expiresAt: null,
  }
}

/** Words that stand in HTML as themselves. */
export function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
