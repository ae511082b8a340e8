// What becomes of a page's own inline scripts, handlers and styles under a policy that allows files alone?
//
// A team that takes on such a policy moves them to files by hand. Here the server does it while it serves, so that the page on disk stays
// what its makers wrote. What cannot be moved faithfully is a fault of the test: better no page than another page.

/**
 * @param {string} html a page of our own: well-formed, attributes in double quotes
 * @param {string} folder where the files will be asked for, with a slash at the end
 * @returns {{ html: string, files: Map<string, { type: string, text: string }> }} the files by their whole path
 */
export function moved(html, folder) {
  const files = new Map()
  const styles = []
  const handlers = []
  const add = (name, type, text) => {
    files.set(folder + name, { type, text })
    return folder + name
  }

  // A classic script with a source still runs where it stands, before what follows it is read.
  let page = html.replace(/<script>([\s\S]*?)<\/script>/g, (_, text) => `<script src="${add(`script-${files.size + 1}.js`, 'text/javascript', text)}"></script>`)
  page = page.replace(/ style="([^"]*)"/g, (_, text) => {
    styles.push(text)
    return ` data-moved-style="${styles.length}"`
  })
  page = page.replace(/ on([a-z]+)="([^"]*)"/g, (_, event, text) => {
    handlers.push({ event, text })
    return ` data-moved-handler="${handlers.length}"`
  })
  if (/<style|<script>|javascript:/i.test(page)) throw new Error('this page has something inline that nothing here moves')

  if (styles.length > 0) {
    const rules = styles.map((text, index) => `[data-moved-style="${index + 1}"] { ${text} }`)
    const address = add('styles.css', 'text/css', rules.join('\n'))
    page = page.replace('</head>', () => `<link rel="stylesheet" href="${address}"></head>`)
  }
  if (handlers.length > 0) {
    const statements = handlers.map(
      ({ event, text }, index) => `document.querySelector('[data-moved-handler="${index + 1}"]').on${event} = function (event) {${text}}`
    )
    const address = add('handlers.js', 'text/javascript', statements.join('\n'))
    page = page.replace('</body>', () => `<script src="${address}"></script></body>`)
  }
  return { html: page, files }
}
