// How is each library, and each build of ours, started and asked? The same in Node and in a page.

/**
 * @param {any} module a bundled library, or a core entry of the package
 * @param {string} today
 * @param {object} [given]
 * @param {string} [given.shape] of an ODS code, for the libraries
 * @param {object} [given.profile] of our form
 */
export async function started(module, today, { shape, profile } = {}) {
  if (!module.checkOdsCode) return { ...module.start(today), code: shape && module.startCodes(shape) }
  await module.init()
  const options = profile ? { today, profile } : { today }
  return {
    check: (form) => module.check('pds-access', form, options),
    code: (code) => module.checkOdsCode(code).verdict !== 'impossible'
  }
}

/** Milliseconds from nothing of the module being here to the first finding of an empty form. Counted by who has loaded this file alone. */
export async function firstCheck(address, today, form) {
  const from = performance.now()
  const { check } = await started(await import(address), today)
  check(form)
  return performance.now() - from
}
