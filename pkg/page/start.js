// Why could the rules not start, and what can the page's developer do about it?

/**
 * @returns {'csp' | 'network' | 'unsupported' | 'fault'}
 */
export function reasonOf(error) {
  const { name, message } = error ?? {}
  const text = `${name} ${message}`
  // Chromium, Firefox and WebKit each say it in their own words.
  if (/content security policy|blocked by csp|unsafe-eval/i.test(text)) return 'csp'
  // Where there is no WebAssembly, whoever names it gets this; the build without never does.
  if (name === 'ReferenceError' || name === 'LinkError') return 'unsupported'
  return name === 'RuntimeError' || name === 'RulesBroken' ? 'fault' : 'network'
}

const REMEDIES = {
  csp: "the Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src, or import 'ncrs-form-check/js' instead.",
  network: 'the rules could not be fetched whole: look whether every file of the package is served, and whether connect-src allows it.',
  unsupported: "this browser has no WebAssembly, or too old a one: import 'ncrs-form-check/js', or set fallback: 'js'.",
  fault: 'the rules broke twice and are switched off for this page.'
}

/** One sentence for the developer. Never an answer: an error of the rules is not quoted. */
export function remedyFor(reason, error) {
  if (reason === 'config') return `${String(error?.message).replace(/^ncrs-form-check: /, '')}.`
  return REMEDIES[reason]
}
