import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { descendantsOf } from '@/scripts/stack/process-table'

/** Milliseconds of CPU that a process and all below it have used so far, as the operating system counts them. */
export function cpuOf(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + ofOne(each), 0)
}

// Linux counts a process's time in hundredths of a second, whatever the kernel's own tick is (proc(5)).
const TICK_MS = 10

function ofOne(pid: number): number {
  if (process.platform !== 'linux') return fromPs(pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Counted from what follows the name, which may itself hold spaces: utime, stime, and the same of
    // children that are gone.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS
  } catch {
    return 0
  }
}

// `[[dd-]hh:]mm:ss.cc`
function fromPs(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'time=', '-p', `${pid}`], { encoding: 'utf8' })
  return (
    stdout
      .trim()
      .split(/[-:]/)
      .reduce((seconds, part, n, all) => {
        const days = all.length === 4 && n === 0
        return (seconds + Number(part)) * (n === all.length - 1 ? 1 : days ? 24 : 60)
      }, 0) * 1000
  )
}
