/** A route of ours and when it is called: five fields, UTC unless the platform is set otherwise. */
export type Cron = { path: string; schedule: string }

/** What `vercel.json` may hold: Cron Jobs, the older form, and Schedules, which name each entry. */
export type Scheduled = {
  crons?: readonly Cron[]
  schedules?: Readonly<Record<string, { path?: string; schedule?: string }>>
}

/**
 * The routes that the platform calls, in whichever form they are written, or in both while one moves.
 * Of a schedule with another target than a path (a private function, a queue) nothing is known here.
 */
export function cronsOf({ crons = [], schedules = {} }: Scheduled): Cron[] {
  const named = Object.values(schedules).flatMap(({ path, schedule }) =>
    path && schedule ? [{ path, schedule }] : [],
  )
  return [...crons, ...named]
}
