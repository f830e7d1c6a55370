// Whether somebody says that a device is not with them any more, or that it needs no inspection. Either is asked back before it counts.

const gone =
  /\b(?:sold|scrapped|gave (?:it|that) away|given away|thr(?:ew|own) (?:it |that )?(?:away|out)|disposed of|got rid of|recycled)\b|\b(?:don['’]?t|do not|no longer|doesn['’]?t|does not) (?:even )?(?:have|own|use|exist|live)\b.{0,30}\b(?:any ?more|any longer|now)\b|\bno longer (?:have|own|use|with us|here|ours?|there|in use)\b|\b(?:not|isn['’]?t) (?:with us|here|ours|there|in use|at our place)(?: \w+)? ?any ?(?:more|longer)\b|卖(?:掉|了)|送(?:人|给)|报废|扔(?:掉|了)|处理掉|不在(?:我们?|我家|这)?(?:这里|这儿|这边|里)?了|已经?(?:没有|不用|不在)|没有(?:这|那)台/i

export function saysGone(text: string): boolean {
  return gone.test(text)
}

/** Said of times, "no" and "not then" wish for others; this is about the inspection itself. */
export function saysUnwanted(text: string): boolean {
  return /\b(?:no,? thank(?:s| you)|(?:do not|don['’]?t|doesn['’]?t|does not) (?:want|need|require)|not (?:needed|necessary|wanted|interested)|no need)\b|不(?:需要|用|要|想)(?:检查|做|了|$)|没(?:有)?必要/i.test(
    text,
  )
}
