// The made-up fleet: customers, sites, assets, and every failure of two years. Pure: the same wish makes the same fleet.
import { draws, life, pick, pickByShare, poisson, type Draw } from './draws.ts'
import { channels, lately, priorities, products, shares, type DemoChannel, type FailureMode, type MadeProduct } from './truth.ts'
import type { Language } from '../message.ts'
import type { Priority } from '../tickets/index.ts'

export interface FleetWish {
  seed: number
  /** The first so many of the company's products. */
  products: number
  assets: number
  months: number
  /** Where the history ends, milliseconds since the epoch. */
  until: number
}

export interface MadeCustomer {
  name: string
  language: Language
  channel: DemoChannel
  /** Where they write from. */
  address: string
  email: string
  street: string
  postcode: string
  point: { lat: number; lon: number }
  /** A place with many devices; null for a household. */
  site: string | null
}

export interface MadeAsset {
  serial: string
  product: MadeProduct
  customer: MadeCustomer
  /** Milliseconds since the epoch. */
  installed: number
}

export interface MadeFailure {
  asset: MadeAsset
  mode: FailureMode
  at: number
  priority: Priority
}

export interface Fleet {
  /** When the history begins. */
  from: number
  until: number
  customers: MadeCustomer[]
  assets: MadeAsset[]
  /** In order of time. */
  failures: MadeFailure[]
}

export const monthMs = 30.4375 * 86_400_000
/** Devices stood there before anybody kept records. */
const olderMonths = 26

export function makeFleet({ seed, products: kinds, assets: count, months, until }: FleetWish): Fleet {
  const draw = draws(seed)
  const from = Math.round(until - months * monthMs)
  const sold = products.slice(0, kinds)
  const customers: MadeCustomer[] = []
  const assets: MadeAsset[] = []
  while (assets.length < count) {
    const customer = makeCustomer(draw, customers.length)
    customers.push(customer)
    const owned = Math.min(count - assets.length, customer.site === null ? 1 + poisson(draw, 0.4) : 6 + poisson(draw, 8))
    for (let index = 0; index < owned; index++) {
      const product = pickByShare(draw, sold)
      const serial = `${product.serial}${String(100_000 + assets.length)}`
      assets.push({ serial, product, customer, installed: Math.round(until - draw() * (months + olderMonths) * monthMs) })
    }
  }
  const failures = assets.flatMap((asset) => asset.product.modes.flatMap((mode) => failuresOf(draw, asset, mode, from, until)))
  return { from, until, customers, assets, failures: failures.toSorted((one, other) => one.at - other.at) }
}

/** Milliseconds since the epoch. */
export function worseFrom({ from, until }: Pick<Fleet, 'from' | 'until'>): number {
  return from + lately.from * (until - from)
}

function failuresOf(draw: Draw, asset: MadeAsset, mode: FailureMode, from: number, until: number): MadeFailure[] {
  const times: number[] = []
  if ('shape' in mode.fails) {
    const { shape, scale } = mode.fails
    const next = (at: number): number => at + Math.max(0.5, life(draw, shape, scale)) * monthMs
    for (let at = next(asset.installed); at < until; at = next(at)) times.push(at)
  } else {
    const { rate, worsensLately } = mode.fails
    const worse = worseFrom({ from, until })
    // Drawn at the higher rate, and thinned before it.
    const step = (): number => (-Math.log(1 - draw()) / (worsensLately ? lately.times * rate : rate)) * monthMs
    for (let at = Math.max(from, asset.installed) + step(); at < until; at += step())
      if (!worsensLately || at >= worse || draw() < 1 / lately.times) times.push(at)
  }
  return times.filter((at) => at >= from).map((at) => ({ asset, mode, at: byDay(draw, at), priority: pickByShare(draw, priorities).priority }))
}

/** People write between seven and ten at night. */
function byDay(draw: Draw, at: number): number {
  const day = 86_400_000
  return Math.round(Math.floor(at / day) * day + (6 + draw() * 14) * 3_600_000)
}

const firstNames = ['Ann', 'Bela', 'Carla', 'David', 'Emma', 'Felix', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Leo', 'Maya', 'Nils', 'Olga', 'Paul']
const lastNames = ['Adler', 'Berg', 'Conti', 'Dietz', 'Engel', 'Fuchs', 'Garcia', 'Haas', 'Ivanov', 'Jansen', 'Kaya', 'Lang', 'Meyer', 'Novak', 'Olsen', 'Popp']
const chineseNames = ['王芳', '李伟', '张敏', '刘洋', '陈静', '杨磊', '赵丽', '黄强', '周杰', '吴娜']
const streets = ['Harbour Street', 'Mill Lane', 'Station Road', 'Garden Way', 'Bridge Street', 'Park Row']
const places = ['Fitness Studio North', 'Hotel Quay', 'Laundry House', 'Sports Club East', 'Guest House Linden', 'Riverside Gym']

/** Numbers that Ofcom keeps for drama, a thousand behind each. https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama */
const nobodys = ['7700900', '1134960', '1144960', '1154960', '1164960', '1174960', '1214960', '1314960', '1414960', '1514960', '1614960', '2079460', '1632960']

/** Addresses that reach nobody: the numbers above, and example.org (RFC 2606). */
function makeCustomer(draw: Draw, index: number): MadeCustomer {
  const language: Language = draw() < shares.chinese ? 'zh' : 'en'
  const site = draw() < 0.04 ? `${pick(draw, places)} ${index}` : null
  const name = language === 'zh' ? pick(draw, chineseNames) : `${pick(draw, firstNames)} ${pick(draw, lastNames)}`
  const email = `customer-${index}@demo.example.org`
  const phone = `+44${nobodys[Math.floor(index / 1000) % nobodys.length]}${String(index % 1000).padStart(3, '0')}`
  const { channel } = pickByShare(draw, channels)
  const addresses = { email, webchat: `demo-visitor-${index}`, sms: phone, whatsapp: phone }
  const postcode = `${pick(draw, ['10', '12'])}${String(Math.floor(draw() * 1000)).padStart(3, '0')}`
  const point = { lat: 52.45 + draw() * 0.12, lon: 13.3 + draw() * 0.22 }
  return { name, language, channel, address: addresses[channel], email, street: `${pick(draw, streets)} ${1 + Math.floor(draw() * 90)}`, postcode, point, site }
}
