// Draws series with Chart.js, in the colours of the page. Intervals are thin lines with ends, as statisticians draw them.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
} from 'chart.js'
import type { Card } from './cards.ts'
import type { Format } from './format.ts'
import type { Bar, Series } from './series.ts'
import type { Texts } from './texts.ts'

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip)

export interface Drawing {
  card: Card
  by: string
  series: Series
  format: Format
  texts: Texts
}

/** Draws it, and answers how to take it away again. */
export function drawChart(canvas: HTMLCanvasElement, drawing: Drawing): () => void {
  const chart = new Chart(canvas, configOf(drawing, coloursOf(canvas)))
  return () => chart.destroy()
}

interface Colours {
  ink: string
  quiet: string
  line: string
  series: string[]
}

function coloursOf(node: Element): Colours {
  // A custom property is told as it is written; what it comes to only where it is used.
  const probe = document.createElement('span')
  node.after(probe)
  const of = (name: string): string => {
    probe.style.setProperty('color', `var(${name})`)
    return getComputedStyle(probe).color
  }
  const colours = { ink: of('--ink'), quiet: of('--quiet'), line: of('--line'), series: [of('--first'), of('--second'), of('--third')] }
  probe.remove()
  return colours
}

function configOf(drawing: Drawing, colours: Colours): ChartConfiguration<'bar' | 'line', (number | null)[], string> {
  const { card, by, series, format, texts } = drawing
  const inTime = by === 'month' && card.kind !== 'pareto'
  const lying = !inTime
  const { bars } = series
  const unit = card.drawn[0]?.unit ?? 'count'
  const names = bars.map(({ name }) => format.group(by, name))
  const drawn = card.kind === 'pareto' ? [texts.columns['count'] ?? '', texts.cumulative] : card.drawn.map(({ field }) => texts.columns[field] ?? field)
  const several = drawn.length > 1
  // Small shares would hug the ground before the whole of 100 %.
  const largest = Math.max(0, ...bars.flatMap(({ values, high }) => [...(card.kind === 'pareto' ? values.slice(0, 1) : values), high]).map((each) => each ?? 0))
  /** With its figure, for who has no pointer to rest on the bar. */
  const labelOf = (index: number): string[] => {
    const bar = bars[index]
    const figures =
      card.interval === undefined || bar === undefined ? [] : [`${format.figure(bar.values[0], unit)} · ${texts.of(format.figure(bar.n, 'count'))}`]
    return [...broken(names[index] ?? '', 22), ...figures]
  }
  const values = { beginAtZero: true, ...(unit === 'share' ? { max: largest > 0.5 ? 1 : Math.max(0.1, Math.ceil(largest * 20) / 20) } : {}) }
  const ticks = { color: colours.quiet, font: { size: 12 } }
  const valueAxis = {
    ...values,
    grid: { color: colours.line },
    border: { display: false },
    ticks: { ...ticks, maxTicksLimit: 6, callback: (value: string | number) => format.figure(Number(value), unit) },
  }
  const nameAxis = {
    grid: { display: false },
    border: { color: colours.line },
    ticks: { ...ticks, autoSkip: inTime, maxRotation: 0, callback: (_: unknown, index: number) => (lying ? labelOf(index) : (names[index] ?? '')) },
  }
  const cumulative = {
    position: 'top' as const,
    min: 0,
    max: 1,
    grid: { display: false },
    border: { display: false },
    ticks: { ...ticks, maxTicksLimit: 5, callback: (value: string | number) => format.figure(Number(value), 'share') },
  }
  return {
    type: 'bar',
    data: {
      labels: names,
      // What nobody has recorded is no line.
      datasets: drawn.flatMap((label, index) => {
        if (bars.every((bar) => bar.values[index] === null)) return []
        const colour = colours.series[index] ?? colours.ink
        const line = inTime || (card.kind === 'pareto' && index === 1)
        const set = {
          type: line ? ('line' as const) : ('bar' as const),
          label,
          data: bars.map((bar) => bar.values[index] ?? null),
          backgroundColor: colour,
          borderColor: colour,
          borderWidth: line ? 2 : 0,
          borderRadius: line ? 0 : 4,
          maxBarThickness: several ? 12 : 20,
          pointRadius: 3,
          pointHoverRadius: 5,
          // Told apart without colours too.
          ...(line ? { pointStyle: (['circle', 'rect', 'triangle'] as const)[index] ?? 'circle', borderDash: [[], [6, 4], [2, 3]][index] ?? [] } : {}),
          spanGaps: true,
          ...(card.kind === 'pareto' && index === 1 ? { xAxisID: 'cumulative' } : {}),
          order: line ? 0 : 1,
        }
        return [set]
      }),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      indexAxis: lying ? 'y' : 'x',
      interaction: { mode: 'index', axis: lying ? 'y' : 'x', intersect: false },
      scales: {
        x: lying ? valueAxis : nameAxis,
        y: lying ? nameAxis : valueAxis,
        ...(card.kind === 'pareto' ? { cumulative } : {}),
      },
      plugins: {
        legend: { display: several, position: 'bottom', labels: { color: colours.ink, usePointStyle: true, boxHeight: 7, font: { size: 13 } } },
        tooltip: {
          callbacks: {
            label: ({ datasetIndex, dataIndex, dataset }) => {
              const bar = bars[dataIndex]
              const shown = card.kind === 'pareto' && datasetIndex === 1 ? 'share' : unit
              return bar === undefined ? '' : `${dataset.label}: ${sayBar(bar, datasetIndex, shown, drawing)}`
            },
          },
        },
      },
    },
    plugins: [intervals(bars, lying, colours.ink)],
  }
}

/** The figure, its interval and of how many it is. */
export function sayBar(bar: Bar, index: number, unit: Card['drawn'][number]['unit'], { card, format, texts }: Drawing): string {
  const figure = format.figure(bar.values[index], unit)
  if (card.interval === undefined || bar.low === null || bar.high === null || bar.n === null) return figure
  const range = texts.range(format.figure(bar.low, unit), format.figure(bar.high, unit))
  return `${figure} (${range}, ${texts.of(format.figure(bar.n, 'count'))})`
}

/** Names in lines of at most so many letters, where a space allows it. */
function broken(name: string, letters: number): string[] {
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const capSize = 4

function intervals(bars: readonly Bar[], lying: boolean, colour: string): Plugin<'bar' | 'line'> {
  return {
    id: 'intervals',
    afterDatasetsDraw(chart) {
      const scale = lying ? chart.scales['x'] : chart.scales['y']
      const { ctx } = chart
      ctx.save()
      ctx.strokeStyle = colour
      ctx.lineWidth = 1.25
      for (const [index, { low, high }] of bars.entries()) {
        const place = chart.getDatasetMeta(0).data[index]
        if (scale === undefined || place === undefined || low === null || high === null) continue
        const [from, to] = [scale.getPixelForValue(low), scale.getPixelForValue(high)]
        const at = lying ? place.y : place.x
        const line = (x1: number, y1: number, x2: number, y2: number): void => {
          ctx.moveTo(...turned(x1, y1))
          ctx.lineTo(...turned(x2, y2))
        }
        const turned = (along: number, across: number): [number, number] => (lying ? [along, across] : [across, along])
        ctx.beginPath()
        line(from, at, to, at)
        line(from, at - capSize, from, at + capSize)
        line(to, at - capSize, to, at + capSize)
        ctx.stroke()
      }
      ctx.restore()
    },
  }
}
