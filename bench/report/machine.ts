import { cpus, type as osType, release, totalmem } from 'node:os'

/** On what the figures were taken. */
export function machine() {
  const cores = cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memory_gb: Math.round(totalmem() / 1024 ** 3),
    os: `${osType()} ${release().split('-')[0]}`,
    node: process.versions.node,
  }
}

/** The same in a sentence, with how often. */
export function takenOn({ machine: on, rounds }: Taken): string {
  const { cpu, cores, memory_gb, os, node } = on
  return `Taken on: ${cpu}, ${cores} cores, ${memory_gb} GB, ${os}, Node ${node}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`
}

type Taken = { machine: ReturnType<typeof machine>; rounds: number }
