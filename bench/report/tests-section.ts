import type { TestsFigures } from '@/bench/tests'
import { type machine, takenOn } from './machine'
import { table } from './table'

type Result = { machine: ReturnType<typeof machine>; tests: TestsFigures }

/** The section of how long the tests take: it is measured by itself, so it says on what. */
export function testsSection({ machine, tests }: Result): string {
  const { build_s, tests_s, ratio_to_build, bound, holds } = tests
  return [
    '## The tests',
    `How long \`npm test\` takes, all of it: lint and types, tests on a database, a build, servers that are killed, stories in a browser. Beside it a production build of the same tree with nothing else under way, the mean of one before and one after. It may take as long as ${bound} of those, which is six minutes on a machine with two cores that builds in 26 seconds. \`npm run bench -- --tests\` writes this section.`,
    takenOn({ machine, rounds: 1 }),
    table(
      ['a build, s', '`npm test`, s', 'ratio', 'bound', 'holds'],
      [[`${build_s}`, `${tests_s}`, `${ratio_to_build}`, `≤ ${bound}`, holds ? 'yes' : 'no']],
    ),
  ].join('\n\n')
}
