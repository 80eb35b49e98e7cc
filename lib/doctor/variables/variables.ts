import { type Check, fail, ok } from '@/lib/doctor/check'
import { CLAIMED, SET_IT } from './claim'

/** What a start would refuse and no other check reports. */
export const variables: Check = {
  id: 'variables',
  title: 'All other variables',
  group: 'Variables',
  needs: 'words',
  look({ problems }) {
    const claimed = Object.values(CLAIMED).flat()
    const rest = problems.filter(
      (problem) => !claimed.some((name) => problem.startsWith(`${name} `)),
    )
    return rest.length === 0 ? ok('a server starts with them') : fail(rest.join(' '), SET_IT)
  },
}
