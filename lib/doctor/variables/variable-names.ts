import { type Check, ok, warn } from '@/lib/doctor/check'

/** Two names of one variable, ours and one of Vercel's Marketplace. */
export const variableNames: Check = {
  id: 'variable_names',
  title: 'Names of variables',
  group: 'Variables',
  needs: 'words',
  look({ nameRemarks }) {
    return nameRemarks.length === 0
      ? ok('none contradicts another')
      : warn(
          nameRemarks.join(' '),
          'Remove the one that is not meant, so that it is clear which one counts.',
        )
  },
}
