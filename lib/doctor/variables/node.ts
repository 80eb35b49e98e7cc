import { type Check, fail, ok } from '@/lib/doctor/check'

// What `engines` of package.json says: Next starts on nothing older.
const OLDEST: [major: number, minor: number] = [20, 9]

export const node: Check = {
  id: 'node',
  title: 'Node version',
  group: 'Variables',
  needs: 'words',
  look({ nodeVersion }) {
    const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number)
    const old = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
    return old
      ? fail(
          `${nodeVersion} is older than ${OLDEST.join('.')}`,
          'Install Node 24, or any from 20.9 on.',
        )
      : ok(nodeVersion)
  },
}
