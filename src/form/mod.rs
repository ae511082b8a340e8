//! What does a whole form say? The rooms between answers and report.
//!
//! | room | answers |
//! | --- | --- |
//! | `submission` | which question does each answer belong to? |
//! | `value` | what does an answer read as? |
//! | `checking` | which questions apply, and which are required? |
//! | `rules` | which rules fire? |
//! | `report` | what is told, in which order? |
//! | `validated` | what is told to a program that uses validator? |

pub(crate) mod checking;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod submission;
#[cfg(not(target_arch = "wasm32"))]
mod validated;
pub(crate) mod value;
