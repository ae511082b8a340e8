//! What does the Data Security and Protection Toolkit ask of a declaration? Editions, statuses, policies and their rules.

pub(crate) mod calendar;
pub(crate) mod policy;
pub(crate) mod rules;
pub(crate) mod status;
