//! What does a page ask besides our questions? Fields of the host's own, and what it says of ours. Onboarding.md 10.
//!
//! | file | answers |
//! | --- | --- |
//! | `field` | what can a host say of a field? |
//! | `spec` | is that understood? |
//! | `name` | which row does a name speak of? |
//! | `plan` | which field is which in this form? |
//! | `answered` | what was answered in the host's own fields? |
//! | `when` | is a field asked? |
//! | `judging` | which rules speak of an answer? |
//! | `told` | what is told, in which order? |

/// Whether this build reads what a host says of its own form. Where it does not, whatever holds such a thing says that there is none, and
/// the compiler leaves out what would only have read it.
pub(crate) const IS_READ: bool = cfg!(feature = "host");

mod answered;
mod field;
mod judging;
mod name;
mod plan;
mod spec;
mod told;
pub(crate) mod when;

pub use field::{Field, When};

pub(crate) use answered::Host;
pub(crate) use judging::{beside_others, longer};
pub(crate) use name::Name;
pub(crate) use plan::Plan;
pub(crate) use spec::{Fields, MustBe, Spec};
pub(crate) use told::findings;
