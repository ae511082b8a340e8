//! Finds the mistakes in an application for the National Care Records Service before it is sent.
//!
//! Answers go in, findings come out. The map of the rooms:
//!
//! | room | answers |
//! | --- | --- |
//! | [`answers`] | what did the page send? |
//! | [`date`] | which day does an answer name? |
//! | [`finding`] | what does a check say? |
//! | [`message`] | which words say it? |
//! | [`ods`] | can this text be an ODS code, and of what? |
//! | `form` | what does a whole form say? |
//! | `journey`, `organisation`, `contacts`, `pds`, `legal`, `dspt`, `scr`, `access`, `ra`, `supplier`, `declaration`, `guard` | what is said of each thing that the guidance names? |
//! | `any_question` | what can be said of any question? |
//! | `host` | what does a page ask besides our questions? |
//! | `context`, `profile`, `setting` | what does a check know besides the answers? |
//! | `packed`, `wasm` | how do calls cross into JavaScript? |
//! | `memory` | where does the memory of a call come from? |
//! | `tables` | the rows that the rest reads |
//! | `rule_info`, `table_info` | which rules and tables are there, and how far can they be trusted? |
//! | `text`, `letters`, `shape`, `identifier` | what is a character, and what is a shape, before any rule asks? |
//!
//! Two features are on by default. A build without one is smaller and says so where it is asked for what it lacks:
//!
//! | feature | without it a fault |
//! | --- | --- |
//! | `host` | what a host says of its own form: `calendar`, `policies`, `lists`, `messages`, `profile` and `fields` of [`Options`] |
//! | `objects` | answers that came as an object of objects, rather than as pairs |

mod access;
pub mod answers;
mod any_question;
mod codes;
mod contacts;
mod context;
pub mod date;
mod declaration;
mod dspt;
mod entries;
mod fault;
pub mod finding;
mod form;
mod guard;
mod host;
mod identifier;
mod journey;
mod legal;
mod letters;
#[cfg(any(target_arch = "wasm32", test))]
mod memory;
pub mod message;
pub mod ods;
mod organisation;
#[cfg(any(target_arch = "wasm32", test))]
mod packed;
mod pds;
mod people;
mod profile;
mod ra;
mod rule_info;
mod scr;
mod setting;
mod shape;
mod sorted;
mod supplier;
mod table_info;
mod tables;
mod text;
// Public for the tests of the binding, which stand outside the crate; no part of the contract.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod wasm;

pub use context::{Context, Options};
pub use dspt::calendar::EditionOption;
pub use entries::{Entries, Row};
pub use fault::Fault;
pub use form::report::{Dspt, Form, Outcome, Progress, Report, Section, Status, VERSION, check};
pub use host::{Field, When};
pub use profile::{AddedOption, OptionChanges, Profile};
pub use rule_info::{Life, Messages, RuleInfo, Variant, rules};
pub use table_info::{TableInfo, tables, tables_on};

/// Runs the Rust of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
