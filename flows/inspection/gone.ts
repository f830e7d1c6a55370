// Whether somebody says that a device is not with them any more. It is asked back before it counts.

const gone =
  /\b(?:sold|scrapped|gave (?:it|that) away|given away|thr(?:ew|own) (?:it |that )?(?:away|out)|disposed of|got rid of|recycled)\b|\b(?:don['’]?t|do not|no longer|doesn['’]?t|does not) (?:even )?(?:have|own|use|exist|live)\b.{0,30}\b(?:any ?more|any longer|now)\b|\bno longer (?:have|own|use|with us|here|ours?|there|in use)\b|\b(?:not|isn['’]?t) (?:with us|here|ours|there|in use|at our place)(?: \w+)? ?any ?(?:more|longer)\b|卖(?:掉|了)|送(?:人|给)|报废|扔(?:掉|了)|处理掉|不在(?:我们?|我家|这)?(?:这里|这儿|这边|里)?了|已经?(?:没有|不用|不在)|没有(?:这|那)台/i

export function saysGone(text: string): boolean {
  return gone.test(text)
}
