/** Between two facts on one line; the font's own spaces beside it are too narrow to part them. */
export function Dot() {
  return <span className="mx-[0.15em]"> · </span>
}
