// How does a test run its code in the page itself? A driver's own scripts do not: Firefox runs them in a world beside it.
//
// The page loads this module. `callInPage` of engines.mjs asks it by an event for a function of another module, and reads what comes of it
// from an attribute: both are texts, which pass between the worlds unchanged.

// What a test wrote for one call is asked for a second time when it did not come: seen once in WebKitGTK 2.50, on a busy machine, for a module
// that the server had. A browser remembers a load that failed, so the second has an address of its own. What others import too is not: it would
// be there twice.
const loaded = (module) => import(module).catch((error) => {
  if (!module.endsWith('?once')) throw error
  return import(`${module}-again`)
})

document.addEventListener('ncrs-test', async ({ detail }) => {
  const { module, name, given } = JSON.parse(detail)
  let outcome
  try {
    outcome = { value: await (await loaded(module))[name](...given) }
  } catch (error) {
    outcome = { error: String(error), stack: String(error?.stack) }
  }
  document.documentElement.setAttribute('data-outcome', JSON.stringify(outcome))
})
