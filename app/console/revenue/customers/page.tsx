import { PageLink } from '@/app/components/page-link'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import {
  figureFile,
  figurePath,
  readFigureQuery,
  readOffset,
} from '@/app/console/revenue/figure-path'
import { WORDS } from '@/app/console/revenue/head'
import { dayName, monthName } from '@/app/console/revenue/month-name'
import { Nothing } from '@/app/console/section'
import { readFigure } from '@/lib/console/revenue'
import { MOST_ROWS } from '@/lib/console/revenue-file'
import { EXPLAINED } from '@/lib/revenue/explain'
import type { Figure } from '@/lib/revenue/figure'
import { FigureTable } from './figure-table'

export const generateMetadata = consoleMetadata('Customers behind a number')

export default consolePage('revenue', async ({ query }) => {
  const figure = readFigureQuery(query)
  const found = figure ? await readFigure(figure, readOffset(query)) : null
  return (
    <>
      <p className="mb-2">
        <PageLink href="/console/revenue" className="link inline-flex min-h-6 items-center">
          Revenue
        </PageLink>
      </p>
      <Heading title={figure ? titleOf(figure) : 'Customers behind a number'}>
        {figure ? EXPLAINED[figure.of] : 'This address names no number.'}
      </Heading>
      {figure && found ? (
        found.rows.length > 0 ? (
          <>
            <FigureTable figure={figure} rows={found.rows} />
            <p className="mt-2 flex flex-wrap gap-x-5">
              <a href={figureFile(figure)} className="link inline-flex min-h-8 items-center">
                {found.next === null
                  ? 'CSV'
                  : `CSV of up to ${MOST_ROWS.toLocaleString('en-US')} rows`}
              </a>
              {found.next === null ? null : (
                <PageLink
                  href={figurePath(figure, found.next)}
                  className="link inline-flex min-h-8 items-center"
                >
                  More
                </PageLink>
              )}
            </p>
          </>
        ) : (
          <Nothing>There are none.</Nothing>
        )
      ) : null}
    </>
  )
})

function titleOf({ of, date, currency, plan, cohort, cause }: Figure): string {
  const words = [
    WORDS[of],
    of === 'renewals' ? dayName(date) : monthName(date),
    currency?.toUpperCase(),
    plan,
    cohort ? `came in ${monthName(cohort)}` : null,
    cause === null ? null : cause.replaceAll('_', ' ') || 'without a cause',
  ]
  return words.filter(Boolean).join(' · ')
}
