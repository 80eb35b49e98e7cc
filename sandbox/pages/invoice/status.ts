import { type Html, html } from '@/sandbox/pages/html'

/** An invoice's state as a word on a tone. */
export function invoiceStatus(status: string | null): Html {
  const { word, tone } = WORDS[status ?? 'draft'] ?? { word: status, tone: '' }
  return html`<span class="status ${tone}">${word}</span>`
}

const WORDS: Record<string, { word: string; tone: string }> = {
  draft: { word: 'Draft', tone: '' },
  open: { word: 'Open', tone: 'warn' },
  paid: { word: 'Paid', tone: 'ok' },
  uncollectible: { word: 'Uncollectible', tone: 'bad' },
  void: { word: 'Void', tone: '' },
}
