//! Is there a code among other words, or are there only words?

use super::CodeBox;
use super::family::is_in_use;
use super::reading::Reading;
use super::scan::{holds, kept};
use super::word::{is_label, without_ending};
use crate::text::{cut, cut_where, pieces};

/// Two or more codes: a list of them, or nothing beside them.
pub(super) fn holds_codes(reading: &Reading<'_>) -> bool {
    let mut first = None;
    let mut several = false;
    let mut all_with_digits = true;
    for token in reading.tokens().filter(|token| !is_label(token)) {
        if !is_in_use(token) {
            return false;
        }
        all_with_digits &= has_digit(token);
        several |= *first.get_or_insert(token) != token;
    }
    several
        && (all_with_digits
            || holds(reading.text(), b",;/&+|")
            || reading.tokens().any(|token| matches!(token, "AND" | "OR")))
}

/// The one code that stands among other words.
pub(super) fn code_among_words<'a>(reading: &'a Reading<'_>) -> Option<&'a str> {
    let text = reading.text();
    let joined = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/' | b'_');
    if text.bytes().all(joined) {
        return None;
    }
    // What is no label, if that is one thing.
    let mut beside_labels = None;
    let mut only_one = true;
    let mut has_label = false;
    for token in reading.tokens() {
        if is_label(token) {
            has_label = true;
        } else {
            only_one &= *beside_labels.get_or_insert(token) == token;
        }
    }
    if let Some(token) = beside_labels
        && only_one
        && has_label
        && is_in_use(token)
    {
        return Some(token);
    }
    let in_a_sentence = holds(text, b"()[]:=") || reading.tokens().any(is_word);
    if !in_a_sentence {
        return None;
    }
    let mut found = None;
    for token in reading.tokens() {
        if has_digit(token) && has_letter(token) && !is_label(token) && is_in_use(token) {
            if found.is_some_and(|other| other != token) {
                return None;
            }
            found = Some(token);
        }
    }
    found
}

/// The code before a local or department ending.
pub(super) fn code_before_ending(reading: &Reading<'_>) -> Option<String> {
    if let Some((before, after)) = cut_where(reading.text(), |character| matches!(character, '-' | '.' | '/' | '_')) {
        let before = kept(before, |character| character != ' ');
        if is_in_use(&before) && after.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Some(before);
        }
    }
    let key = reading.key();
    without_ending(&key).filter(|code| is_in_use(code)).map(str::to_owned)
}

/// The code of an organisation before the ending of its department, as the DSPT has it.
pub(super) fn code_of_department(without_spaces: &str) -> Option<&str> {
    let (first, _) = cut(without_spaces, b'-')?;
    let runs = without_spaces.len() <= 60
        && pieces(without_spaces, b'-')
            .iter()
            .all(|run| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    (runs && is_in_use(first)).then_some(first)
}

/// The name of an organisation, or other words.
pub(super) fn is_name(reading: &Reading<'_>, code_box: CodeBox) -> bool {
    // No code has 6 letters and no digit. Some entries of the DSPT have, but never with a space.
    let letters_only = !has_digit(reading.text())
        && (code_box == CodeBox::Ods || reading.has_space())
        && reading
            .text()
            .chars()
            .filter(|character| character.is_alphabetic())
            .nth(5)
            .is_some();
    letters_only || reading.has_space() && reading.tokens().any(is_word)
}

/// A token that is no part of a code that was typed in groups.
fn is_word(token: &str) -> bool {
    token.len() >= 4 && !has_digit(token)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn has_letter(token: &str) -> bool {
    token.bytes().any(|byte| byte.is_ascii_uppercase())
}
