// Forms as a company writes them: what they come to, and wrong ones refused with their line.
import { describe, expect, it } from 'vitest'
import { readCompany } from '../../src/company.ts'
import { formFor } from '../../src/forms/form.ts'

const products = 'products: [{ name: T5 treadmill }, { name: X3 treadmill }, { name: Dryer }]'

function read(...lines: string[]) {
  return readCompany(lines.join('\n'), 'mendline.yaml', { surveyDelayMs: 0 })
}

function formsOf(...lines: string[]) {
  const result = read(...lines)
  if (result.kind === 'wrong') throw new Error(result.problems.join('\n'))
  return result.company.flow
}

function problemsOf(...lines: string[]): readonly string[] {
  const result = read(...lines)
  return result.kind === 'wrong' ? result.problems : []
}

describe('a line of products', () => {
  const lines = [
    products,
    'form: { serial: required }',
    'questions: [{ id: purchase_date, ask: { en: When did you buy it?, zh: 什么时候购买的？ }, type: date, when: past }]',
    'productLines:',
    '  - name: treadmills',
    '    products: [T5 treadmill, X3 treadmill]',
    '    form: { preferredTime: hidden }',
    '    questions: [{ id: weekly_use, ask: How many hours a week?, type: number, max: 168, unit: hours, need: required }]',
  ]

  it('changes what it names of the form for everything, and asks its own questions after the common ones', () => {
    const forms = formsOf(...lines)
    const { form, questions } = formFor(forms, 'X3 treadmill')
    expect(form).toMatchObject({ serial: 'required', preferredTime: 'hidden', address: 'required' })
    expect(questions.map(({ id, need }) => [id, need])).toEqual([
      ['purchase_date', 'optional'],
      ['weekly_use', 'required'],
    ])
  })

  it('leaves the others as they are, also what is not in the catalogue or not known yet', () => {
    const forms = formsOf(...lines)
    for (const product of ['Dryer', 'a bicycle', undefined]) {
      const { form, questions } = formFor(forms, product)
      expect(form.preferredTime).toBe('optional')
      expect(questions.map(({ id }) => id)).toEqual(['purchase_date'])
    }
  })

  it('has its texts in every language, and a label made of the question where none is given', () => {
    const [date, use] = formFor(formsOf(...lines), 'T5 treadmill').questions
    expect(date?.label).toEqual({ en: 'When did you buy it', zh: '什么时候购买的' })
    expect(use).toMatchObject({ ask: { en: 'How many hours a week?', zh: 'How many hours a week?' }, unit: { en: 'hours', zh: 'hours' }, min: null, max: 168 })
  })
})

describe('a wrong form is refused with its line', () => {
  const question = (more: string) => ['questions:', '  - id: use', `    ask: Where?`, `    ${more}`]
  it.each([
    [
      'an unknown product',
      [products, 'productLines:', '  - name: bikes', '    products:', '      - Dryer', '      - Bike'],
      /:6: productLines\.0\.products\.1: "Bike" is not the name of a product/,
    ],
    [
      'a product of two lines',
      [products, 'productLines:', '  - { name: a, products: [Dryer] }', '  - { name: b, products: [Dryer] }'],
      /:4: productLines\.1\.products\.0: "Dryer" belongs to a already/,
    ],
    [
      'an id that is there twice',
      ['questions:', '  - { id: use, ask: Where?, type: text }', '  - { id: use, ask: When?, type: text }'],
      /:3: questions\.1\.id: "use" is there twice/,
    ],
    [
      'an id that all products are asked about already',
      [
        products,
        'questions: [{ id: use, ask: Where?, type: text }]',
        'productLines:',
        '  - name: a',
        '    products: [Dryer]',
        '    questions:',
        '      - { id: use, ask: When?, type: text }',
      ],
      /:7: productLines\.0\.questions\.0\.id: "use" is asked of every product already/,
    ],
    ['an id that is no name', ['questions:', '  - id: The use', '    ask: Where?', '    type: text'], /:2: questions\.0\.id: is a name of small letters/],
    [
      'no text in the language of the company',
      ['language: zh', 'questions:', '  - id: use', '    type: text', '    ask: { en: Where? }'],
      /:5: questions\.0\.ask: says nothing in zh, the company's language/,
    ],
    [
      'an option without a text in that language',
      question('type: choice\n    options:\n      - { en: Here, zh: 这里 }\n      - { id: there, label: { zh: 那里 } }'),
      /:7: questions\.0\.options\.1: says nothing in en/,
    ],
    ['no question', ['questions:', '  - id: use', '    type: text'], /:2: questions\.0\.ask: is a text/],
    ['a least above the most', question('type: number\n    min: 5\n    max: 2'), /:5: questions\.0\.min: is more than max/],
    ['an unknown type', question('type: colour'), /:4: questions\.0\.type: is no type of question; there are text, number, choice, yes_no, date/],
    ['no type', ['questions:', '  - id: use', '    ask: Where?'], /:2: questions\.0\.type: is no type of question/],
    ['a choice without options', question('type: choice'), /:2: questions\.0\.options: names what there is to choose from/],
    ['a choice of one', question('type: choice\n    options: [Here]'), /:5: questions\.0\.options: has at least two/],
    ['an option that is there twice', question('type: choice\n    options: [Here, There, Here]'), /:5: questions\.0\.options\.2: "Here" is there twice/],
    ['an option that phone networks answer', question('type: choice\n    options: [Start, Middle]'), /:5: questions\.0\.options\.0: .*phone networks/],
    ['what another type has', question('type: text\n    min: 3'), /:5: questions\.0\.min: is no setting/],
    ['a need that there is not', question('type: text\n    need: hidden'), /:5: questions\.0\.need: /],
    ['a line without products', ['productLines:', '  - name: none', '    products: []'], /:3: productLines\.0\.products: names at least one product/],
    [
      'a field that there is not',
      [products, 'productLines:', '  - name: a', '    products: [Dryer]', '    form: { colour: hidden }'],
      /:5: productLines\.0\.form\.colour: is no setting/,
    ],
  ])('for %s', (_, lines, problem) => {
    expect(problemsOf(...lines)).toEqual([expect.stringMatching(problem)])
  })
})
