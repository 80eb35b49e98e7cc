/** What a person reads when something is refused: what happened, then what to do about it. */
export type Sentence = {
  title: string
  /** `{wait}` stands for the time after which it may be tried again, `{plan}` for the plan that has it. */
  advice: string
}
