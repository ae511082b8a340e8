// How does a test run its code in the page itself? A driver's own scripts do not: Firefox runs them in a world beside it.
//
// The page loads this module. `callInPage` of engines.mjs asks it by an event for a function of another module, and reads what comes of it
// from an attribute: both are texts, which pass between the worlds unchanged.

document.addEventListener('ncrs-test', async ({ detail }) => {
  const { module, name, given } = JSON.parse(detail)
  let outcome
  try {
    outcome = { value: await (await import(module))[name](...given) }
  } catch (error) {
    outcome = { error: String(error), stack: String(error?.stack) }
  }
  document.documentElement.setAttribute('data-outcome', JSON.stringify(outcome))
})
