/** One of the two databases that are compared. */
export type Size = { workspaces: number; events: number }

// Ten events a workspace: two or three months of a monthly plan.
const EVENTS_EACH = 10

export function sizeOf(workspaces: number): Size {
  return { workspaces, events: workspaces * EVENTS_EACH }
}
