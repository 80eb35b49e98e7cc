import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Outcome } from '@/app/console/outcome'
import { Nothing, Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import { When } from '@/app/console/when'
import { readLapsedUses } from '@/lib/console/lapsed-uses'
import { type OutboxEntry, readOutbox } from '@/lib/console/outbox'
import { Lapsed } from './lapsed'

export const generateMetadata = consoleMetadata('Outbox')

export default consolePage('outbox', async ({ query, fill }) => {
  const [{ waiting, newest }, { lapsed, seen }] = await Promise.all([
    readOutbox(),
    readLapsedUses(),
  ])
  return (
    <>
      <Heading title="Outbox">What must happen outside of Postgres once, such as an email.</Heading>
      <Outcome query={query} page="/console/outbox" />
      <div className="grid grid-cols-1 gap-7">
        <Lapsed lapsed={lapsed} seen={seen} fill={fill} />
        <Section id="waiting" title="Waiting" aside="The most overdue first">
          <Entries label="Waiting" entries={waiting} />
        </Section>
        <Section id="newest" title="Newest">
          <Entries label="Newest" entries={newest} />
        </Section>
      </div>
    </>
  )
})

function Entries({ label, entries }: { label: string; entries: readonly OutboxEntry[] }) {
  if (entries.length === 0) return <Nothing>None.</Nothing>
  return (
    <Table label={label} head={['Entry', 'Kind', 'State', 'Since', 'Tries', 'Next', 'Last error']}>
      {entries.map((entry) => (
        <tr key={entry.key}>
          <RowHead>
            <a
              href={`/console?q=${encodeURIComponent(entry.targetKey ?? '')}`}
              className="link block max-w-80 truncate font-mono text-xs"
              title={entry.key}
            >
              {entry.key}
            </a>
          </RowHead>
          <Cell>{entry.kind}</Cell>
          <Cell>
            <StatusMark
              status={entry.deliveredAt ? 'sent' : entry.lastError ? 'failing' : 'waiting'}
            />
          </Cell>
          <Cell>
            <When at={entry.createdAt} />
          </Cell>
          <Cell>{entry.attempts}</Cell>
          <Cell>{entry.deliveredAt ? '–' : <When at={entry.nextRunAt} />}</Cell>
          <Cell wide>{entry.lastError ?? '–'}</Cell>
        </tr>
      ))}
    </Table>
  )
}
