import { Icon, type IconName } from './icons'
import { TONES, type Tone } from './tone'

/** A state in one word, with its icon; the same on a plan and on an invoice. */
export function Chip({ word, icon, tone }: { word: string; icon: IconName; tone: Tone }) {
  const { text, ground } = TONES[tone]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-medium text-sm ${text} ${ground}`}
    >
      <Icon name={icon} className="size-3.5" />
      <span className="sr-only">Status: </span>
      {word}
    </span>
  )
}
