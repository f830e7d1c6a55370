// Pieces of which the desk's modals are made, and how what was entered is read. Pure.
import type { InputBlock, ModalView, PlainTextInput, PlainTextOption, StaticSelect } from '@slack/web-api'
import { z } from 'zod'
import { excerpt, mrkdwn, plain } from './words.ts'

/** What a modal carries from where it was opened to where it is submitted. */
const carried = z.object({
  /** Its journal key: submitted twice it acts once. */
  key: z.string(),
  ticket: z.string(),
  /** Position of the last message that the agent had seen. */
  seen: z.number().optional(),
  /** Digest of the words that were shown as the customer will get them. */
  previewed: z.string().optional(),
  /** The message that a new ticket is made of. */
  source: z.string().optional(),
})
export type Carried = z.output<typeof carried>

export function carry(about: Carried): string {
  return JSON.stringify(about)
}

/** Throws for a view that is none of ours. */
export function readCarried(view: { private_metadata: string }): Carried {
  return carried.parse(JSON.parse(view.private_metadata))
}

/** A modal that only says something. */
export function saidPage(title: string, text: string): ModalView {
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks: [{ type: 'section', text: mrkdwn(text) }] }
}

/** A line or, with `lines`, a box to type in. */
export function textInput(
  action: string,
  label: string,
  more: { lines?: boolean; optional?: boolean; max?: number; initial?: string | undefined; hint?: string; block?: string } = {},
): InputBlock {
  const { lines = false, optional = false, max = 3000, initial = '', hint, block = action } = more
  const element: PlainTextInput = {
    type: 'plain_text_input',
    action_id: action,
    multiline: lines,
    max_length: max,
    ...(initial === '' ? {} : { initial_value: initial.slice(0, max).toWellFormed() }),
  }
  return { type: 'input', block_id: block, optional, label: plain(label), element, ...(hint === undefined ? {} : { hint: plain(hint) }) }
}

export function optionOf(value: string, label = value): PlainTextOption {
  return { value, text: plain(excerpt(label, 75)) }
}

/** `tells`: a choice is reported at once, so that the page can change with it. */
export function selectInput(
  action: string,
  label: string,
  options: readonly PlainTextOption[],
  more: { optional?: boolean; initial?: string | undefined; tells?: boolean } = {},
): InputBlock {
  const { optional = false, initial, tells = false } = more
  const chosen = options.find(({ value }) => value === initial)
  const element: StaticSelect = { type: 'static_select', action_id: action, options: [...options], ...(chosen === undefined ? {} : { initial_option: chosen }) }
  return { type: 'input', block_id: action, optional, label: plain(label), element, ...(tells ? { dispatch_action: true } : {}) }
}

interface Entered {
  value?: string | null
  selected_option?: { value: string } | null
  selected_user?: string | null
  selected_options?: readonly { value: string }[]
}

/** By `action_id`, trimmed; what was left empty is not there. Of checkboxes the values, with spaces between. */
export function readEntered(view: { state: { values: Readonly<Record<string, Readonly<Record<string, Entered>>>> } }): ReadonlyMap<string, string> {
  const entered = new Map<string, string>()
  for (const block of Object.values(view.state.values))
    for (const [action, { value, selected_option, selected_user, selected_options }] of Object.entries(block)) {
      const text = value ?? selected_option?.value ?? selected_user ?? selected_options?.map((option) => option.value).join(' ') ?? ''
      if (text.trim() !== '') entered.set(action, text.trim())
    }
  return entered
}
