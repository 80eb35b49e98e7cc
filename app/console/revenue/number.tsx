import { PageLink } from '@/app/components/page-link'
import { formatMoney } from '@/lib/money'
import type { Figure } from '@/lib/revenue/figure'
import { figurePath } from './figure-path'
import { shareText } from './share'

type Props = {
  figure: Figure
  /** Minor units; null where no money is counted. */
  amount: number | null
  /** How many are behind it. */
  count: number
  /** In a word: `customers`, `invoices`. */
  of: string
}

/** A number that leads to who is behind it. */
export function Figures({ figure, amount, count, of }: Props) {
  if (count === 0) return <span className="text-ink-3">–</span>
  const { currency } = figure
  return (
    <PageLink
      href={figurePath(figure)}
      className="link inline-flex min-h-6 items-baseline gap-1.5 tabular-nums"
    >
      {amount !== null && currency ? (
        <>
          {formatMoney({ amount, currency })}
          <span className="text-ink-3 text-xs">
            {count}
            <span className="sr-only"> {of}</span>
          </span>
        </>
      ) : (
        <>
          {count}
          <span className="sr-only"> {of}</span>
        </>
      )}
    </PageLink>
  )
}

type ShareProps = { figure: Figure; part: number; whole: number }

/** A share that leads to who is in its part; a dash of nothing. */
export function Share({ figure, part, whole }: ShareProps) {
  if (whole === 0) return <span className="text-ink-3">–</span>
  return (
    <PageLink
      href={figurePath(figure)}
      className="link inline-flex min-h-6 items-center tabular-nums"
    >
      {shareText(part, whole)}
    </PageLink>
  )
}
