// The words of an HTML mail, whatever the markup.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlText } from '../../../channels/email/html-text.ts'

test.each([
  ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['Gmail’s lines', '<div dir="ltr">One<div>Two</div><div><br></div><div>Three</div></div>', 'One\nTwo\n\nThree'],
  ['breaks', 'One<br>Two<br/><br />Three', 'One\nTwo\n\nThree'],
  ['a break at a block’s end', '<div>One<br></div><div>Two</div>', 'One\nTwo'],
  ['spaces', '  One \n\t two&nbsp;three <b>four</b>, five ', 'One two three four, five'],
  ['quotes', 'Yes.<blockquote>When?<blockquote>Hello</blockquote></blockquote>Bye', 'Yes.\n\n> When?\n>\n> > Hello\n\nBye'],
  ['lists', '<ul><li>one</li><li>two</li></ul>after', '- one\n- two\n\nafter'],
  ['tables', '<table><tr><td>Model</td><td>OV-5</td></tr><tr><td>Error</td><td>F02</td></tr></table>', 'Model OV-5\nError F02'],
  [
    'links',
    'see <a href="https://shop.example/a?b=1&amp;c=2">the shop</a> or <a href="https://x.example/">x.example</a> or <a href="javascript:alert(1)">this</a>',
    'see the shop [https://shop.example/a?b=1&c=2] or x.example or this',
  ],
  ['pictures', 'Look: <img src="cid:1" alt="the pump"><img src="cid:2">', 'Look: [the pump]'],
  ['references', '&Auml;&szlig;&euro;&#8364;&#x20AC;&#128;&hellip;&unknown;&amp;lt;', 'Äß€€€€…&unknown;&lt;'],
  ['preformatted text', '<pre>a  b\n  c</pre>d', 'a  b\n  c\n\nd'],
  ['scripts, styles and comments', '<html><head><title>t</title><style>p{}</style></head><body><script>x()</script><!-- no -->yes</body></html>', 'yes'],
  ['Outlook’s own', '<!--[if gte mso 9]><xml><o:x/></xml><![endif]--><p class=MsoNormal>Hi<o:p></o:p></p><![if !vml]>there<![endif]>', 'Hi\n\nthere'],
  ['Outlook’s line above an earlier mail', '<p>Yes.</p><hr><div>From: x</div>', 'Yes.\n\n________________________________\nFrom: x'],
  ['a tag that never ends', 'a < b and <i never', 'a < b and never'],
  ['a style that never ends', '<style>words', 'words'],
  ['capitals, and letters that change their length', 'İİİİ<STYLE>p{}</STYLE>İ<P>x', 'İİİİİ\n\nx'],
])('%s', (_, html, text) => {
  expect(htmlText(html)).toBe(text)
})

test('words survive any nesting of tags', () => {
  const tag = fc.constantFrom(
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<b>',
    '</blockquote>',
    '<blockquote>',
    '<br>',
    '<li>',
    '<td>',
    '<a href="https://x.example">',
    '</a>',
    '<hr>',
    '<pre>',
    '</pre>',
    '<',
    '&',
    '<!-- x -->',
    '<![if]>',
    '>',
  )
  const word = fc.stringMatching(/^[a-z]{5,9}$/)
  fc.assert(
    fc.property(fc.array(fc.oneof(word, tag)), (pieces) => {
      const words = pieces.filter((piece) => /^[a-z]+$/.test(piece))
      // A bare < before a word begins a tag, in browsers too.
      const text = htmlText(pieces.join(' ').replace(/< (?=[a-z])/g, '<  '))
      for (const one of words) expect(text).toContain(one)
    }),
  )
})

test('the work and the result stay in proportion, whatever is nested', () => {
  const html = `${'<blockquote>'.repeat(5_000)}${'x<br>'.repeat(50_000)}`
  expect(htmlText(html).length).toBeLessThan(html.length * 4)
})
