// The types of `ncrs-form-check/core/js`: those of `ncrs-form-check/core`. A module that is given is not needed, and not looked at.

export * from './core.js'
