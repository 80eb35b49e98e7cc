import { Nothing } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import { runDoctor } from '@/lib/console/health'
import { Unavailable } from '@/lib/errors'

const ORDER = ['fail', 'warn', 'ok', 'skip']

/** Every check of the doctor, what fails first, each with what to do. */
export async function Doctor() {
  const findings = await runDoctor().catch((error: unknown) => {
    if (error instanceof Unavailable) return null
    throw error
  })
  if (!findings) return <Nothing>It took too long. Run `npm run doctor` on the server.</Nothing>
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
  return (
    <Table
      narrow
      label="Checks"
      head={['Check', 'Group', 'Verdict', 'What it says, and what to do']}
    >
      {sorted.map(({ id, title, group, status, detail, fix }) => (
        <tr key={id}>
          <RowHead>{title}</RowHead>
          <Cell>{group}</Cell>
          <Cell>
            <StatusMark status={status} />
          </Cell>
          <Cell wide>
            {detail}
            {fix ? <span className="block font-medium">{fix}</span> : null}
          </Cell>
        </tr>
      ))}
    </Table>
  )
}
