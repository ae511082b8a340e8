//! Why can this text not be a code? The steps that refuse, in their order. Each names what the text is instead, because a
//! person who knows that can put it right.

use super::CodeBox;
use super::among_words::{Words, code_before_ending, code_of_department, is_name};
use super::characters::{DIGITS, is_code_character, is_no_space, is_only, kept};
use super::date_form::is_date;
use super::known::{Families, Known};
use super::lookalike::in_our_alphabet;
use super::other_text::{
    holds_nhs_number, is_address, is_postcode, is_system_identifier, is_telephone_number, scientific_number,
};
use super::reading::Reading;
use super::verdict::Judgement;
use crate::tables::{RuleId, known, rule};
use crate::text::concat;

/// The rule that refuses a text, or accepts it as the code of a department: steps 4 to 30. What could be meant instead is
/// told to the judgement. `code` is what the tables know of the code.
#[inline(never)]
pub(super) fn refusal(reading: &Reading, code: Known, code_box: CodeBox, judgement: &mut Judgement) -> Option<RuleId> {
    let without_spaces = kept(&reading.text, is_no_space);
    let key = kept(&reading.text, is_code_character);
    let words = Words::of(&reading.text);
    let text = reading.text.as_str();
    let whole = reading.code.as_str();
    if is_address(text) {
        return Some(rule::ODS_010);
    }
    if is_system_identifier(whole) {
        return Some(rule::ODS_011);
    }
    if words.has_cqc_identifier {
        return Some(rule::ODS_012);
    }
    if scientific_number(&without_spaces, judgement).is_some() {
        return Some(rule::ODS_013);
    }
    if is_date(text) {
        return Some(rule::ODS_014);
    }
    if code.is(known::POSTCODE) && is_postcode(text, whole) {
        return Some(rule::ODS_015);
    }
    // Before telephone numbers: a number of a patient needs the stronger words.
    if holds_nhs_number(whole) {
        return Some(rule::ODS_017);
    }
    if is_telephone_number(text, &key) {
        return Some(rule::ODS_016);
    }
    if whole.is_empty() || Known::of(&key).is(known::PLACEHOLDER) {
        return Some(rule::ODS_018);
    }
    if words.are_codes {
        return Some(rule::ODS_019);
    }
    if let Some(found) = words.code {
        judgement.offer(found);
        return Some(rule::ODS_020);
    }
    if code_box == CodeBox::Dspt {
        if let Some(first) = code_of_department(&without_spaces)
            && Known::with_families(first, &mut judgement.kinds).is_in_use()
        {
            return Some(rule::ODS_050);
        }
        judgement.kinds = Families::NONE;
    } else if let Some(found) = code_before_ending(&without_spaces, &key) {
        judgement.offer(found);
        return Some(rule::ODS_021);
    }
    if is_name(text, &words, code_box) {
        return Some(rule::ODS_022);
    }
    if let Some(first) = whole.chars().find(|character| !is_code_character(*character)) {
        let ours = in_our_alphabet(whole);
        if !ours.is_empty() {
            judgement.offer(&ours);
            return Some(rule::ODS_023);
        }
        judgement.found = sort_of(first);
        return Some(rule::ODS_024);
    }
    if let Some(rule) = code.identifier() {
        return Some(rule);
    }
    let is_number = is_only(whole, DIGITS);
    match whole.len() {
        1 | 2 if is_number => {
            judgement.offer(concat(&["00", whole]).get(whole.len() - 1..).unwrap_or_default());
            return Some(rule::ODS_031);
        }
        ..3 => return Some(rule::ODS_032),
        6.. if is_number => return Some(rule::ODS_034),
        _ => {}
    }
    // Entries of the DSPT can be longer than codes, but no person types those in groups.
    let may_be_longer = code_box == CodeBox::Dspt;
    let is_one_group = without_spaces.len() == text.len();
    let is_too_long = may_be_longer && without_spaces.len() > 40 || !(may_be_longer && is_one_group) && whole.len() > 9;
    is_too_long.then_some(rule::ODS_033)
}

/// The name of a character that no code has, for the words of ODS-024.
fn sort_of(character: char) -> &'static str {
    match character {
        '/' | '\\' | '\u{2044}' | '\u{2215}' => "slash",
        '.' | '\u{B7}' => "full_stop",
        ',' => "comma",
        '_' => "underscore",
        _ if crate::letters::is_letter(character) => "letter",
        _ if crate::letters::is_number(character) => "number",
        _ => "symbol",
    }
}
