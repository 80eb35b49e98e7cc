import type { ScaleFigures } from '@/bench/scale/measure'
import { OPERATIONS, type OperationName } from '@/bench/scale/operations'
import { type machine, takenOn } from './machine'
import { table } from './table'

type Result = { machine: ReturnType<typeof machine>; rounds: number; scale: ScaleFigures }

/** The section of what size costs: it is measured by itself, so it says on what. */
export function scaleSection(result: Result): string {
  const { small, large, operations } = result.scale
  const rows = Object.entries(operations).map(([name, each]) => [
    // Safe: the keys of the figures are those of OPERATIONS.
    OPERATIONS[name as OperationName].words,
    ...[each.p50_small_ms, each.p50_large_ms, each.ratio, each.cpu_ratio ?? '–'].map(String),
    `≤ ${each.bound}`,
    each.holds ? 'yes' : 'no',
    each.scanned.length > 0 ? each.scanned.map((name) => `\`${name}\``).join(', ') : 'none',
  ])
  const [few, many] = [small, large].map(({ workspaces }) => workspaces.toLocaleString('en'))
  return [
    '## At size',
    `The same work by the same code, in turns of a few, in two databases of one Postgres: one with ${few} workspaces and ${small.inbox_rows.toLocaleString('en')} rows in the inbox, one with ${many} and ${large.inbox_rows.toLocaleString('en')}. The rows are spread over the tables, states and months as those of a deployment that prunes each night would be. What waits, what is old, and how many customers take turns is the same in both, so that only the size differs. Postgres has 2 GB of shared buffers. Two hundred customers take turns, each once before anything is counted, so what is compared is not how much a memory holds.`,
    `The times are medians as our process sees them. Both ratios are medians of those of neighboring turns: of the times, and of the CPU that Postgres's processes used, as the operating system counts it. What others do on the machine changes the first much from run to run and the second less, so the second is what is judged, and the first is shown: what someone waits for or each event needs may cost 1.1 times as much in the larger database, and a slice or a batch of a job twice as much. The last column names the tables that grow and that were read from end to end there, as Postgres itself counts it. \`npm run bench -- --scale\` writes this section; the first run fills both databases, which took twenty minutes on a busy machine, and takes 16 GB below \`.data/bench-scale\`, and later ones use them again.`,
    takenOn(result),
    table(
      [
        'operation',
        `ms at ${few}`,
        `ms at ${many}`,
        'ratio',
        'CPU ratio',
        'bound',
        'holds',
        'scans',
      ],
      rows,
    ),
  ].join('\n\n')
}
