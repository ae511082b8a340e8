//! Is there a code among other words, or are there only words?

use super::CodeBox;
use super::characters::{CAPITALS, CODE, DIGITS, Runs, holds, is_no_space, is_only, kept, set};
use super::known::Known;
use crate::letters::is_letter;
use crate::tables::known;
use crate::text::{count, cut_where, pieces};

/// What the words of a text are: its longest runs of letters and numbers.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// An identifier of the Care Quality Commission: 1, a hyphen and 6 to 12 digits.
    pub(super) has_cqc_identifier: bool,
    /// True when one is no part of a code that was typed in groups.
    pub(super) has_long_word: bool,
    /// Two or more codes: a list of them, or nothing beside them.
    pub(super) are_codes: bool,
    /// The one code that stands among other words.
    pub(super) code: Option<&'a str>,
}

impl<'a> Words<'a> {
    #[inline(never)]
    pub(super) fn of(text: &'a str) -> Self {
        let mut words = Self::default();
        // Of those that are no labels, like `ODS`.
        let (mut first, mut are_several) = ("", false);
        let (mut all_in_use, mut all_with_digits) = (true, true);
        // Of those with letters and digits.
        let (mut code, mut are_several_codes) = ("", false);
        let (mut has_label, mut has_and_or) = (false, false);
        let mut before = "";
        let mut runs = Runs::new(text, CODE);
        while let Some(word) = runs.next() {
            let (characters, known) = (set(word), Known::of(word));
            let has_digit = characters & DIGITS != 0;
            let has_letter = characters & CAPITALS != 0;
            if before == "1" && (6..=12).contains(&word.len()) && !has_letter && kept(runs.gap, is_no_space) == "-" {
                words.has_cqc_identifier = true;
            }
            before = word;
            has_and_or |= matches!(word, "AND" | "OR");
            words.has_long_word |= word.len() >= 4 && !has_digit;
            if known.is(known::LABEL) {
                has_label = true;
                continue;
            }
            all_with_digits &= has_digit;
            all_in_use &= known.is_in_use();
            are_several |= is_another(&mut first, word);
            if has_digit && has_letter && known.is_in_use() {
                are_several_codes |= is_another(&mut code, word);
            }
        }
        words.are_codes =
            are_several && all_in_use && (all_with_digits || has_and_or || holds(text, const { set(",;/&+") }));
        if !holds(text, const { !(CODE | set("-./_")) }) {
            return words;
        }
        if has_label && all_in_use && !are_several && !first.is_empty() {
            words.code = Some(first);
        } else if (words.has_long_word || holds(text, const { set("()[]:=") }))
            && !are_several_codes
            && !code.is_empty()
        {
            words.code = Some(code);
        }
        words
    }
}

/// True when a word is not the first one that was asked about.
#[inline(never)]
fn is_another<'a>(first: &mut &'a str, word: &'a str) -> bool {
    if first.is_empty() {
        *first = word;
    }
    *first != word
}

/// The name of an organisation, or other words.
pub(super) fn is_name(text: &str, words: &Words<'_>, code_box: CodeBox) -> bool {
    let has_space = holds(text, const { set(" ") });
    if has_space && words.has_long_word {
        return true;
    }
    // No code has 6 letters and no digit. Some entries of the DSPT have, but never with a space.
    let may_be_a_name = !holds(text, DIGITS) && (code_box == CodeBox::Ods || has_space);
    may_be_a_name && count(&kept(text, is_letter)) >= 6
}

/// The code before a local or department ending. `key` is the letters and numbers of the text.
pub(super) fn code_before_ending<'a>(without_spaces: &'a str, key: &'a str) -> Option<&'a str> {
    if let Some((before, after)) = cut_where(without_spaces, |mark| matches!(mark, '-' | '.' | '/' | '_'))
        && Known::of(before).is_in_use()
        && holds(after, CODE)
    {
        return Some(before);
    }
    // Some systems add a word to the code of a closed entry.
    for length in 0..key.len() {
        if let Some((code, ending)) = key.split_at_checked(length)
            && Known::of(ending).is(known::ENDING)
            && Known::of(code).is_in_use()
        {
            return Some(code);
        }
    }
    None
}

/// The code of an organisation before the ending of its department, as the DSPT has it.
pub(super) fn code_of_department(without_spaces: &str) -> Option<&str> {
    let runs = pieces(without_spaces, b'-');
    if without_spaces.len() > 60 || runs.len() < 2 {
        return None;
    }
    for run in &runs {
        if !is_only(run, CODE) {
            return None;
        }
    }
    runs.first().copied()
}
