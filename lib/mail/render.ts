import { BRAND } from '@/lib/brand'
import type { Mail } from './mail'

/** A short message with one thing to click, as plain text and as HTML that says the same. */
export function renderEmail(given: {
  to: string
  subject: string
  paragraphs: readonly string[]
  link: { label: string; url: string }
}): Mail {
  const { to, subject, paragraphs, link } = given
  const text = [...paragraphs, `${link.label}:\n${link.url}`].join('\n\n')
  const body = [...paragraphs.map((words) => `<p>${inHtml(words)}</p>`), inButton(link)]
  return {
    to,
    subject,
    text: `${text}\n`,
    html: inLayout({ subject, body }),
    link: link.url,
    expiresAt: null,
  }
}

/**
 * An email's words in the colors and under the name of `lib/brand.ts`. Nothing is loaded from anywhere. The last
 * tags are left open, as HTML allows: what is added behind stands within the same page.
 */
export function inLayout({ subject, body }: { subject: string; body: readonly string[] }): string {
  const { paper, accent, onAccent } = BRAND.colors
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${inHtml(subject)}</title>`,
    // Programs that drop this show the light colors, which are written on the elements.
    '<style>@media (prefers-color-scheme: dark) {',
    `body { background: ${paper.dark} !important; color: #ecebe7 !important }`,
    `.name, .aside a { color: ${accent.dark} !important } .aside { color: #a8a69f !important }`,
    `.button { background: ${accent.dark} !important; color: ${onAccent.dark} !important }`,
    '}</style></head>',
    `<body style="margin: 0 auto; padding: 32px 20px; max-width: 560px; background: ${paper.light}; color: #1c1b18; font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif">`,
    `<p class="name" style="margin: 0 0 28px; font-weight: 600; color: ${accent.light}">${inHtml(BRAND.name)}</p>`,
    ...body,
    ...footer(),
    '',
  ].join('\n')
}

/** The one thing to click. Its words are read without the colors, too. */
export function inButton({ label, url }: { label: string; url: string }): string {
  const { accent, onAccent } = BRAND.colors
  return `<p style="margin: 28px 0"><a class="button" href="${inHtml(url)}" style="display: inline-block; padding: 11px 18px; border-radius: 8px; background: ${accent.light}; color: ${onAccent.light}; font-weight: 600; text-decoration: none">${inHtml(label)}</a></p>`
}

function footer(): string[] {
  const { name, tagline, supportEmail } = BRAND
  const write = supportEmail
    ? ` <a href="mailto:${inHtml(supportEmail)}" style="color: inherit">${inHtml(supportEmail)}</a>`
    : ''
  return [
    `<p class="aside" style="margin: 36px 0 0; font-size: 13px; color: #6b6962">${inHtml(`${name}. ${tagline}`)}${write}</p>`,
  ]
}

/** Words that stand in HTML as themselves. */
export function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
