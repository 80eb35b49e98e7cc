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
