//! What went wrong with a call, as opposed to an answer? One sentence for the developer: what was looked for, what was found.

use crate::text::{concat, cut};
use std::fmt;

/// A mistake in how the component was called: an unknown form, a profile that names nothing. Never about an answer.
///
/// Guaranteed: the text begins with the name of the component and says what was expected and what was found. It may
/// quote what the *developer* wrote in options; it never quotes an answer.
///
/// ```
/// use ncrs_form_check::Form;
///
/// let fault = "pds".parse::<Form>().unwrap_err();
/// assert!(fault.to_string().starts_with("ncrs-form-check: "));
/// assert!(fault.to_string().contains("\"pds\""));
/// assert!("pds-access".parse::<Form>().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    /// The whole text.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The pieces of the sentence, one after the other. Pieces and no format: that would cost the download more than all
    /// faults together.
    pub(crate) fn new(pieces: &[&str]) -> Self {
        Self::of("%", &[&concat(pieces)])
    }

    /// Where something else was found than was looked for.
    pub(crate) fn expected(place: &str, wanted: &str, found: &str) -> Self {
        Self::of("%: expected %, found \"%\"", &[place, wanted, found])
    }

    /// A sentence in which each `%` stands for the next of the texts.
    #[inline(never)]
    pub(crate) fn of(sentence: &str, texts: &[&str]) -> Self {
        let mut whole = String::from("ncrs-form-check: ");
        let mut rest = sentence;
        for text in texts {
            let (before, after) = cut(rest, b'%').unwrap_or((rest, ""));
            whole.push_str(before);
            whole.push_str(text);
            rest = after;
        }
        whole.push_str(rest);
        Self(whole)
    }

    /// Where nothing was found.
    pub(crate) fn expected_some(place: &str, wanted: &str) -> Self {
        Self::of("%: expected %, found none", &[place, wanted])
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}
