'use client'

import { useActionState } from 'react'
import { Nothing } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { Cell, RowHead, Table } from '@/app/console/table'
import { type Looked, runChecks } from './actions'

const ORDER = ['fail', 'warn', 'ok', 'skip']

/** A button that has every check of the doctor run, and what they said: what fails first, each with what to do. */
export function Doctor() {
  const [looked, look, pending] = useActionState<Looked | null, FormData>(runChecks, null)
  return (
    <div className="grid gap-3">
      <form action={look}>
        <button type="submit" aria-busy={pending} className="button min-h-10! text-sm!">
          {pending ? 'Looking, which takes some seconds…' : 'Run every check'}
        </button>
      </form>
      <div role="status">
        {looked && looked.kind !== 'findings' ? <Nothing>{WORDS[looked.kind]}</Nothing> : null}
      </div>
      {looked?.kind === 'findings' ? <Findings of={looked.findings} /> : null}
    </div>
  )
}

const WORDS = {
  late: 'It took too long. Run `npm run doctor` on the server.',
  paced: 'It was run often. Try again in a minute.',
  failed: 'It could not be run. Run `npm run doctor` on the server.',
} as const

function Findings({ of }: { of: Extract<Looked, { kind: 'findings' }>['findings'] }) {
  const sorted = of.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
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
