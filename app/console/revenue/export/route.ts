import { consoleFile } from '@/app/console/console-file'
import { readFigureQuery } from '@/app/console/revenue/figure-path'
import { readChoice } from '@/app/console/revenue/read-choice'
import { figureCsv, isRevenueTable, revenueFile } from '@/lib/console/revenue-file'

/** The numbers of the page, or who is behind one, as a file. It changes nothing. */
export const GET = consoleFile(async (query) => {
  const figure = query.table === 'customers' ? readFigureQuery(query) : null
  if (figure) return { name: `${figure.of}-${figure.date}.csv`, text: await figureCsv(figure) }
  if (!isRevenueTable(query.table)) return null
  const text = await revenueFile(query.table, readChoice(query))
  return { name: `revenue-${query.table}.csv`, text }
})
