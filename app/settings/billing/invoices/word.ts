import type { IconName } from '@/app/components/icons'
import type { Tone } from '@/app/components/tone'

/** Where an invoice or a payment stands, as the list shows it. */
export type Word = { word: string; icon: IconName; tone: Tone }
