import { OPERATIONS, type OperationName } from './operations'
import { personAt } from './person'
import { openServerCpu } from './server-cpu'

export type Turns = { name: OperationName; from: number; turns: number }

/** Of each turn, in milliseconds: how long it took, and what of it was Postgres's own work; null: not known. */
export type Taken = { ms: number; cpu: number | null }

/** Each turn, one after the other; what makes them ready is not counted. */
export async function timeTurns(
  { name, from, turns }: Turns,
  workspaces: number,
): Promise<Taken[]> {
  const taken: Taken[] = []
  const serverCpu = await openServerCpu()
  for (let turn = from; turn < from + turns; turn += 1) {
    const work = await OPERATIONS[name].ready(personAt(turn, workspaces), workspaces)
    const [began, before] = [performance.now(), serverCpu?.() ?? null]
    await work()
    const ms = performance.now() - began
    taken.push({ ms, cpu: before === null ? null : (serverCpu?.() ?? 0) - before })
  }
  return taken
}
