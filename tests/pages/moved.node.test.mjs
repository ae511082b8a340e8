// Is nothing inline left of a page that was moved to files, and nothing lost?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { moved } from './moved.mjs'

const page = (name) => readFile(new URL(`../host-forms/${name}.html`, import.meta.url), 'utf8')

test('a script runs from a file at the same place', async () => {
  const { html, files } = moved(await page('rails-nested-names'), '/x/')
  assert.match(html, /<body[^>]*>\s*<script src="\/x\/script-1\.js"><\/script>/)
  assert.match(files.get('/x/script-1.js').text, /document\.body\.className \+= ' js-enabled'/)
})

test('a handler and a style are tied to their element from files', async () => {
  const { html, files } = moved(await page('wordpress-plugin-fields'), '/x/')
  assert.doesNotMatch(html, / onclick="| style="/)
  assert.match(html, /<link rel="stylesheet" href="\/x\/styles\.css"><\/head>/)
  assert.match(html, /<script src="\/x\/handlers\.js"><\/script><\/body>/)
  assert.match(html, /id="gform_submit_button_9"[^>]* data-moved-handler="1"/)
  assert.equal(files.get('/x/styles.css').text, '[data-moved-style="1"] { position:absolute;left:-9999px }\n[data-moved-style="2"] { display:none }')

  // The guard does what it did: the first press goes, the second does not.
  const button = {}
  const window = {}
  new Function('document', 'window', files.get('/x/handlers.js').text)({ querySelector: (selector) => (selector === '[data-moved-handler="1"]' ? button : null) }, window)
  assert.equal(button.onclick.call(button, {}), undefined)
  assert.equal(window.gf_submitting_9, true)
  assert.equal(button.onclick.call(button, {}), false)
})

test('what cannot be moved is a fault', () => {
  for (const html of ['<style>p { color: red }</style>', '<script>', '<a href="javascript:void 0">x</a>']) assert.throws(() => moved(html, '/x/'), /something inline/)
})
