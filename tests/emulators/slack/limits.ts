// Slack's limits of Block Kit, as far as apps run into them: what Slack would refuse is refused here too.
// https://docs.slack.dev/reference/block-kit/blocks
import { list, record, words, type Json } from './workspace.ts'

/** The complaints Slack would have about these blocks; empty when it takes them. */
export function complaints(blocks: readonly Json[], surface: 'message' | 'view'): string[] {
  const found: string[] = []
  const most = surface === 'message' ? 50 : 100
  if (blocks.length > most) found.push(`no more than ${most} items allowed [json-pointer:/blocks]`)
  const ids = new Set<string>()
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`
    const type = words(block['type'])
    const id = words(block['block_id'])
    if (id.length > 255) found.push(`must be less than 256 characters [json-pointer:${at}/block_id]`)
    if (id !== '' && ids.has(id)) found.push(`block_id ${id} already exists [json-pointer:${at}/block_id]`)
    ids.add(id)
    if (!knownTypes.has(type)) found.push(`unsupported type: ${type} [json-pointer:${at}/type]`)
    if (type === 'section') found.push(...checkSection(block, at))
    if (type === 'header') found.push(...checkText(block['text'], 150, `${at}/text`))
    if (type === 'actions') found.push(...checkActions(block, at))
    if (type === 'context' && list(block['elements']).length > 10) found.push(`no more than 10 items allowed [json-pointer:${at}/elements]`)
    if (type === 'input') found.push(...checkText(block['label'], 2000, `${at}/label`), ...checkElement(record(block['element']), `${at}/element`))
    if (type === 'input' && surface === 'message') found.push(`unsupported type: input [json-pointer:${at}/type]`)
  }
  return found
}

/** The complaints about a modal or a home tab. */
export function viewComplaints(view: Json): string[] {
  const found = complaints(list(view['blocks']), 'view')
  if (view['type'] === 'modal') {
    found.push(...checkText(view['title'], 24, '/title'))
    for (const part of ['submit', 'close']) if (view[part] !== undefined) found.push(...checkText(view[part], 24, `/${part}`))
    if (list(view['blocks']).some((block) => block['type'] === 'input') && view['submit'] === undefined) found.push('submit is required with input blocks')
  }
  if (words(view['private_metadata']).length > 3000) found.push('must be less than 3001 characters [json-pointer:/private_metadata]')
  return found
}

const knownTypes = new Set(['section', 'divider', 'actions', 'context', 'header', 'image', 'input', 'rich_text', 'video', 'file', 'markdown'])

function checkSection(block: Json, at: string): string[] {
  const fields = list(block['fields'])
  const found: string[] = []
  if (block['text'] === undefined && fields.length === 0) found.push(`text or fields is required [json-pointer:${at}]`)
  if (block['text'] !== undefined) found.push(...checkText(block['text'], 3000, `${at}/text`))
  if (fields.length > 10) found.push(`no more than 10 items allowed [json-pointer:${at}/fields]`)
  for (const [index, field] of fields.entries()) found.push(...checkText(field, 2000, `${at}/fields/${index}`))
  if (block['accessory'] !== undefined) found.push(...checkElement(record(block['accessory']), `${at}/accessory`))
  return found
}

function checkActions(block: Json, at: string): string[] {
  const elements = list(block['elements'])
  const found = elements.flatMap((element, index) => checkElement(element, `${at}/elements/${index}`))
  if (elements.length === 0 || elements.length > 25) found.push(`must have 1 to 25 items [json-pointer:${at}/elements]`)
  const ids = elements.map((element) => element['action_id'])
  if (new Set(ids).size < ids.length) found.push(`action_id already exists [json-pointer:${at}/elements]`)
  return found
}

function checkElement(element: Json, at: string): string[] {
  const found: string[] = []
  if (words(element['action_id']).length > 255) found.push(`must be less than 256 characters [json-pointer:${at}/action_id]`)
  if (element['type'] === 'button') {
    found.push(...checkText(element['text'], 75, `${at}/text`))
    if (record(element['text'])['type'] !== 'plain_text') found.push(`must be plain_text [json-pointer:${at}/text]`)
    if (words(element['value']).length > 2000) found.push(`must be less than 2001 characters [json-pointer:${at}/value]`)
  }
  const options = list(element['options'])
  if (words(element['type']).endsWith('static_select') && element['option_groups'] === undefined && (options.length === 0 || options.length > 100))
    found.push(`must have 1 to 100 options [json-pointer:${at}/options]`)
  for (const [index, option] of options.entries()) {
    found.push(...checkText(option['text'], 75, `${at}/options/${index}/text`))
    if (words(option['value']).length > 150) found.push(`must be less than 151 characters [json-pointer:${at}/options/${index}/value]`)
  }
  return found
}

function checkText(text: unknown, most: number, at: string): string[] {
  const { type, text: content } = record(text)
  if (type !== 'plain_text' && type !== 'mrkdwn') return [`missing required field: text [json-pointer:${at}]`]
  if (words(content) === '') return [`must be more than 0 characters [json-pointer:${at}/text]`]
  return words(content).length > most ? [`must be less than ${most + 1} characters [json-pointer:${at}/text]`] : []
}
