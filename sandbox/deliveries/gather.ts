/** How long what is to be reordered gathers before the newest of it goes, in real milliseconds. */
export const GATHER_MS = 300
