/** A request that a page answers with a sentence instead of its form. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    message: string,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}
