import { type DiffLine, diffOf } from '@/lib/console/diff'

type Values = object | null

/** What stood before and what stands after, a line for each field that the row names. */
export function ValueDiff({ before, after }: { before: Values; after: Values }) {
  const lines = diffOf(before, after)
  if (lines.length === 0) return null
  const isNew = lines.every((line) => line.before === null)
  return (
    <table className="mt-1.5 w-full table-fixed text-left text-xs">
      <caption className="sr-only">Before and after</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          {isNew ? null : <th scope="col">Before</th>}
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.field} of={line} isNew={isNew} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ of: { field, before, after }, isNew }: { of: DiffLine; isNew: boolean }) {
  return (
    <tr>
      <th scope="row" className="wrap-anywhere w-2/5 py-0.5 pr-2 align-top font-normal text-ink-3">
        {field}
      </th>
      {isNew ? null : (
        <td className="wrap-anywhere py-0.5 pr-2 align-top font-mono text-danger">
          {before === null ? '' : `− ${before}`}
        </td>
      )}
      <td className="wrap-anywhere py-0.5 align-top font-mono text-ok">
        {after === null ? '' : `+ ${after}`}
      </td>
    </tr>
  )
}
