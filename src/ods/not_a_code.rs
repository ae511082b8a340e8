//! Why can this text not be a code? The steps that refuse, in their order. Each names what the text is instead, because a
//! person who knows that can put it right.

use super::CodeBox;
use super::among_words::{code_among_words, code_before_ending, holds_codes, is_name};
use super::date_form::is_date;
use super::family::identifier;
use super::lookalike::in_our_alphabet;
use super::other_text::{
    holds_cqc_identifier, holds_nhs_number, is_address, is_postcode, is_system_identifier, is_telephone_number,
    scientific_number,
};
use super::reading::{Reading, is_code_character};
use super::word::{is_placeholder, offered};
use crate::tables::{RuleId, rule};
use crate::text::concat;

/// Why a text is refused, and what could be meant instead.
pub(super) struct Refusal {
    pub(super) rule: RuleId,
    /// For ODS-024: which sort of character was found.
    pub(super) found: Option<&'static str>,
    pub(super) suggestion: Option<String>,
}

impl Refusal {
    #[inline(never)]
    pub(super) fn because(rule: RuleId) -> Self {
        Self {
            rule,
            found: None,
            suggestion: None,
        }
    }

    #[inline(never)]
    fn offering(rule: RuleId, code: &str) -> Self {
        Self {
            suggestion: offered(code),
            ..Self::because(rule)
        }
    }
}

/// The text as a whole is something else: steps 4 to 14.
pub(super) fn because_of_the_whole(reading: &Reading<'_>) -> Option<Refusal> {
    if is_address(reading) {
        return Some(Refusal::because(rule::ODS_010));
    }
    if is_system_identifier(reading) {
        return Some(Refusal::because(rule::ODS_011));
    }
    if holds_cqc_identifier(reading) {
        return Some(Refusal::because(rule::ODS_012));
    }
    if let Some(suggestion) = scientific_number(reading) {
        return Some(Refusal {
            suggestion,
            ..Refusal::because(rule::ODS_013)
        });
    }
    if is_date(reading.text()) {
        return Some(Refusal::because(rule::ODS_014));
    }
    if is_postcode(reading) {
        return Some(Refusal::because(rule::ODS_015));
    }
    // Before telephone numbers: a number of a patient needs the stronger words.
    if holds_nhs_number(reading) {
        return Some(Refusal::because(rule::ODS_017));
    }
    if is_telephone_number(reading) {
        return Some(Refusal::because(rule::ODS_016));
    }
    if reading.code().is_empty() || is_placeholder(&reading.key()) {
        return Some(Refusal::because(rule::ODS_018));
    }
    if holds_codes(reading) {
        return Some(Refusal::because(rule::ODS_019));
    }
    code_among_words(reading).map(|code| Refusal::offering(rule::ODS_020, code))
}

/// The text has parts or characters that no code has, or the form of another reference: steps 16 to 30.
pub(super) fn because_of_its_parts(reading: &Reading<'_>, code_box: CodeBox) -> Option<Refusal> {
    if code_box == CodeBox::Ods
        && let Some(code) = code_before_ending(reading)
    {
        return Some(Refusal::offering(rule::ODS_021, &code));
    }
    if is_name(reading, code_box) {
        return Some(Refusal::because(rule::ODS_022));
    }
    let code = reading.code();
    if let Some(first) = code.chars().find(|character| !is_code_character(*character)) {
        return Some(match in_our_alphabet(code) {
            Some(ours) => Refusal::offering(rule::ODS_023, &ours),
            None => Refusal {
                found: Some(sort_of(first)),
                ..Refusal::because(rule::ODS_024)
            },
        });
    }
    if let Some(rule) = identifier(code) {
        return Some(Refusal::because(rule));
    }
    because_of_its_length(reading, code_box)
}

/// From here on the code is letters and numbers only.
fn because_of_its_length(reading: &Reading<'_>, code_box: CodeBox) -> Option<Refusal> {
    let code = reading.code();
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
    match code.len() {
        1 if is_number => return Some(Refusal::offering(rule::ODS_031, &concat(&["00", code]))),
        2 if is_number => return Some(Refusal::offering(rule::ODS_031, &concat(&["0", code]))),
        ..3 => return Some(Refusal::because(rule::ODS_032)),
        6.. if is_number => return Some(Refusal::because(rule::ODS_034)),
        _ => {}
    }
    let too_long = match code_box {
        CodeBox::Ods => code.len() > 9,
        CodeBox::Dspt => reading.without_spaces().len() > 40 || reading.has_space() && code.len() > 9,
    };
    too_long.then(|| Refusal::because(rule::ODS_033))
}

/// The name of a character that no code has, for the words of ODS-024.
fn sort_of(character: char) -> &'static str {
    match character {
        '/' | '\\' | '\u{2044}' | '\u{2215}' => "slash",
        '.' | '\u{B7}' => "full_stop",
        ',' => "comma",
        '_' => "underscore",
        _ if character.is_alphabetic() => "letter",
        _ if character.is_numeric() => "number",
        _ => "symbol",
    }
}
