import { BRAND } from '@/lib/brand'
import type { Mail } from './mail'

/** A line of a table: what it is, and the amount, day or name. */
export type EmailFact = readonly [label: string, value: string]

/**
 * A short message with one thing to click, as plain text and as HTML that says the same. `facts`: what the paragraphs
 * say of money and days, once more in a table of the HTML; lines without a value are left out.
 */
export function renderEmail(given: {
  to: string
  subject: string
  paragraphs: readonly string[]
  facts?: readonly (EmailFact | null)[]
  link: { label: string; url: string }
}): Mail {
  const { to, subject, paragraphs, facts = [], link } = given
  const text = [...paragraphs, `${link.label}:\n${link.url}`].join('\n\n')
  const [first = '', ...more] = paragraphs.map((words) => `<p>${inHtml(words)}</p>`)
  const body = [first, ...inTable(facts), ...more, inButton(link)]
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
 * tags are left open, as HTML allows: what is added behind stands within the same page, under the card.
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
    '<style>.card p { margin: 0 0 14px; text-wrap: pretty } h1 { text-wrap: balance } @media (max-width: 480px) { .card { padding: 24px 20px !important } }',
    '@media (prefers-color-scheme: dark) {',
    `body { background: ${paper.dark} !important; color: ${INK.dark} !important }`,
    `.card { background: ${CARD.dark} !important; border-color: ${LINE.dark} !important } .card td { border-color: ${LINE.dark} !important }`,
    `.name { color: ${accent.dark} !important } .aside, .aside a, .label { color: ${QUIET.dark} !important }`,
    `.button { background: ${accent.dark} !important; color: ${onAccent.dark} !important }`,
    '}</style></head>',
    `<body style="margin: 0 auto; padding: 32px 16px; max-width: 560px; background: ${paper.light}; color: ${INK.light}; font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif">`,
    `<p class="name" style="margin: 0 4px 16px; font-weight: 600; color: ${accent.light}">${inHtml(BRAND.name)}</p>`,
    // Mail programs that know no padding elsewhere know that of a cell.
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse: separate"><tr><td class="card" style="padding: 32px; border: 1px solid ${LINE.light}; border-radius: 12px; background: ${CARD.light}; overflow-wrap: anywhere">`,
    `<h1 style="margin: 0 0 14px; font-size: 21px; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em">${inHtml(subject)}</h1>`,
    ...body,
    '</td></tr></table>',
    ...footer(),
    '',
  ].join('\n')
}

// As app/styles/tokens.css has them; mail programs know no oklch.
const INK = { light: '#1c1b18', dark: '#f0efec' }
const QUIET = { light: '#6b6962', dark: '#a8a69f' }
const CARD = { light: '#ffffff', dark: '#191815' }
const LINE = { light: '#e2e0da', dark: '#34322d' }

/** The one thing to click. Its words are read without the colors, too. */
export function inButton({ label, url }: { label: string; url: string }): string {
  const { accent, onAccent } = BRAND.colors
  return `<p style="margin: 24px 0 4px"><a class="button" href="${inHtml(url)}" style="display: inline-block; padding: 11px 18px; border-radius: 8px; background: ${accent.light}; color: ${onAccent.light}; font-weight: 600; text-align: center; text-decoration: none">${inHtml(label)}</a></p>`
}

/** A line under the card, in small. */
export function inAside(html: string): string {
  return `<p class="aside" style="margin: 16px 4px 0; font-size: 13px; color: ${QUIET.light}">${html}</p>`
}

function inTable(facts: readonly (EmailFact | null)[]): string[] {
  const cell = `padding: 9px 0; border-bottom: 1px solid ${LINE.light}; vertical-align: top`
  const lines = facts
    .filter((fact) => fact !== null)
    .map(
      ([label, value]) =>
        `<tr><td class="label" style="${cell}; padding-right: 16px; color: ${QUIET.light}">${inHtml(label)}</td><td align="right" style="${cell}; font-weight: 600; font-variant-numeric: tabular-nums">${inHtml(value)}</td></tr>`,
    )
  if (lines.length === 0) return []
  return [
    `<table width="100%" cellpadding="0" cellspacing="0" style="margin: 6px 0 20px; border-collapse: collapse; font-size: 15px">${lines.join('')}</table>`,
  ]
}

function footer(): string[] {
  const { name, tagline, supportEmail } = BRAND
  const write = supportEmail
    ? ` <a href="mailto:${inHtml(supportEmail)}" style="color: inherit">${inHtml(supportEmail)}</a>`
    : ''
  return [inAside(`${inHtml(`${name}. ${tagline}`)}${write}`)]
}

/** Words that stand in HTML as themselves. */
export function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
