// The values of a form as Slack reports them: typed into inputs, chosen from menus, or left as they were.
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
import { list, record, without, words, type Json, type View } from './workspace.ts'

/** What is typed, or the value (or label) that is chosen; several for a menu of many. */
export type Value = string | readonly string[]

/** `state.values` of a view: by block, then by action. Throws where a required input is empty, as Slack's client does. */
export function formValues(view: View, given: Readonly<Record<string, Value>>, submitting: boolean): Json {
  const values: Record<string, Json> = {}
  for (const block of view.blocks) {
    const elements = block['type'] === 'input' ? [record(block['element'])] : [...list(block['elements']), record(block['accessory'])]
    for (const element of elements) {
      const action = words(element['action_id'])
      if (action === '' || element['type'] === 'button') continue
      const block_id = words(block['block_id'])
      const wanted = given[action] ?? given[block_id]
      const filled = wanted === undefined ? asItStands(element) : fillIn(element, wanted)
      if (submitting && block['type'] === 'input' && block['optional'] !== true && isEmpty(filled)) throw new Error(`the form wants ${action}`)
      values[block_id] = { ...values[block_id], [action]: filled }
    }
  }
  const known = new Set(view.blocks.flatMap((block) => [words(block['block_id']), ...actionsOf(block)]))
  for (const name of Object.keys(given)) if (!known.has(name)) throw new Error(`the form has no ${name}; it has ${[...known].join(', ')}`)
  return values
}

function actionsOf(block: Json): string[] {
  return [record(block['element']), record(block['accessory']), ...list(block['elements'])].map((element) => words(element['action_id']))
}

/** An element with this value typed or chosen. */
export function fillIn(element: Json, value: Value): Json {
  const type = words(element['type'])
  const one = typeof value === 'string' ? value : (value[0] ?? '')
  const many = typeof value === 'string' ? [value] : value
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: optionOf(element, one) }
    case 'external_select':
      return { type, selected_option: { text: { type: 'plain_text', text: one }, value: one } }
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: many.map((each) => optionOf(element, each)) }
    case 'users_select':
      return { type, selected_user: one }
    case 'conversations_select':
      return { type, selected_conversation: one }
    case 'channels_select':
      return { type, selected_channel: one }
    case 'datepicker':
      return { type, selected_date: one }
    case 'timepicker':
      return { type, selected_time: one }
    default:
      checkTyped(element, one)
      return { type, value: one === '' ? null : one }
  }
}

function checkTyped(element: Json, text: string): void {
  const most = Number(element['max_length'] ?? 3000)
  const least = Number(element['min_length'] ?? 0)
  if (text.length > most || (text !== '' && text.length < least)) throw new Error(`${words(element['action_id'])} takes ${least} to ${most} characters`)
}

function optionOf(element: Json, wanted: string): Json {
  const options = [...list(element['options']), ...list(element['option_groups']).flatMap((group) => list(group['options']))]
  const found = options.find((option) => option['value'] === wanted || record(option['text'])['text'] === wanted)
  if (found === undefined)
    throw new Error(`${words(element['action_id'])} offers no ${wanted}, but ${options.map((option) => words(option['value'])).join(', ')}`)
  return found
}

function asItStands(element: Json): Json {
  const type = words(element['type'])
  const initial = Object.entries(element).find(([name]) => name.startsWith('initial_'))
  if (initial === undefined) return type === 'plain_text_input' || type.endsWith('text_input') ? { type, value: null } : { type }
  const [name, value] = initial
  return name === 'initial_value' ? { type, value } : { type, [name.replace('initial_', 'selected_')]: value }
}

function isEmpty(filled: Json): boolean {
  return Object.values(without(filled, 'type')).every((value) => value === null || value === '' || (Array.isArray(value) && value.length === 0))
}
