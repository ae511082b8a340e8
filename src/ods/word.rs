//! Is this a word that people type where a code should be, or beside one?

use super::family;
use crate::tables::{DEFAULT_CODES, ENDING_WORDS, LABEL_WORDS, PLACEHOLDER_WORDS};

// The build script sorted the lists.
#[inline(never)]
fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// A published code that stands for no organisation.
pub(super) fn is_default_code(code: &str) -> bool {
    is_in(DEFAULT_CODES, code)
}

/// A word that stands for a code which the person does not have or know.
pub(super) fn is_placeholder(word: &str) -> bool {
    is_in(PLACEHOLDER_WORDS, word)
}

/// A word that stands beside a code.
pub(super) fn is_label(word: &str) -> bool {
    is_in(LABEL_WORDS, word)
}

/// What stands before a word that some systems add to the code of a closed entry.
pub(super) fn without_ending(key: &str) -> Option<&str> {
    ENDING_WORDS.iter().find_map(|ending| key.strip_suffix(ending))
}

/// A code that may be offered to a person: of a family in use, and neither a default code nor any of these words.
#[inline(never)]
pub(super) fn offered(code: &str) -> Option<String> {
    let is_word = is_default_code(code) || is_placeholder(code) || is_label(code) || is_in(ENDING_WORDS, code);
    (!is_word && family::is_in_use(code)).then(|| code.to_owned())
}
