export type Tone = 'ok' | 'info' | 'warn' | 'danger' | 'neutral'

/** Color never speaks alone: wherever a tone is used, an icon and a word stand beside it. */
export const TONES: Record<Tone, { text: string; ground: string }> = {
  ok: { text: 'text-ok', ground: 'bg-ok-soft' },
  info: { text: 'text-info', ground: 'bg-info-soft' },
  warn: { text: 'text-warn', ground: 'bg-warn-soft' },
  danger: { text: 'text-danger', ground: 'bg-danger-soft' },
  neutral: { text: 'text-ink-2', ground: 'bg-subtle' },
}
