/** Answers whether so many milliseconds of real time have passed since it was made. */
export function budget(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds
  return () => performance.now() >= end
}
