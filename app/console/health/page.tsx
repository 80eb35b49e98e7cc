import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import { readHealthPage } from '@/lib/console/health'
import { Doctor } from './doctor'
import { Figures } from './figures'
import { Reads } from './reads'

export const generateMetadata = consoleMetadata('Health')

export default consolePage('health', async () => {
  const { status, checks, figures, reads, limit, calls } = await readHealthPage()
  const failing = checks.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'off')
  return (
    <>
      <Heading title={status === 'ok' ? 'All is well' : 'Someone must look'}>
        What /api/health says, and what to do.
      </Heading>
      {failing.length > 0 ? (
        <Table narrow label="What fails" head={['Check', 'Verdict', 'What to do']}>
          {failing.map(({ name, verdict, cure }) => (
            <tr key={name}>
              <RowHead>{name.replaceAll('_', ' ')}</RowHead>
              <Cell>
                <StatusMark status={verdict} />
              </Cell>
              <Cell wide>{cure ?? 'Postgres did not say.'}</Cell>
            </tr>
          ))}
        </Table>
      ) : null}
      <p className="mt-3 text-ink-3">
        Well:{' '}
        {checks
          .filter(({ verdict }) => verdict === 'ok')
          .map(({ name }) => name.replaceAll('_', ' '))
          .join(', ')}
        .
      </p>
      <div className="mt-7 grid grid-cols-1 gap-7 xl:grid-cols-2">
        <Figures figures={figures} />
        <Reads reads={reads} limit={limit} calls={calls} />
      </div>
      <div className="mt-7">
        <Section id="doctor" title="Doctor" aside="What npm run doctor says, from this server">
          <Doctor />
        </Section>
      </div>
    </>
  )
})
