//! What else is this text, if it is no code? Addresses, numbers and identifiers that are known by the way they are
//! written as a whole. Each function answers for one of them.

use super::family::{has_postcode_form, is_in_use};
use super::reading::Reading;
use super::scan::Scan;
use super::word::offered;

/// An email or web address.
pub(super) fn is_address(reading: &Reading<'_>) -> bool {
    let text = reading.text();
    text.contains('@')
        || ["HTTP://", "HTTPS://", "WWW."]
            .iter()
            .any(|start| text.starts_with(start))
}

/// A UUID, with or without its hyphens.
pub(super) fn is_system_identifier(reading: &Reading<'_>) -> bool {
    let code = reading.code();
    code.len() == 32 && code.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'))
}

/// An identifier of the Care Quality Commission somewhere in the text: 1, a hyphen and 6 to 12 digits.
pub(super) fn holds_cqc_identifier(reading: &Reading<'_>) -> bool {
    let mut rest = Scan::new(reading.text());
    while !rest.is_at_end() {
        if rest.run(u8::is_ascii_alphanumeric) == b"1" {
            let mut after = rest;
            after.one(b" ");
            if after.one(b"-").is_some() {
                after.one(b" ");
                if (6..=12).contains(&after.digits()) && !after.next().is_some_and(|byte| byte.is_ascii_alphanumeric())
                {
                    return true;
                }
            }
        }
        rest.run(|byte| !byte.is_ascii_alphanumeric());
    }
    false
}

/// A number as a spreadsheet shows it when it is too long, and the one code that it can have been.
pub(super) fn scientific_number(reading: &Reading<'_>) -> Option<Option<String>> {
    let text = reading.without_spaces();
    let mut rest = Scan::new(&text);
    let first = rest.next()?;
    if rest.digits() != 1 {
        return None;
    }
    let has_point = rest.one(b".").is_some();
    let decimals = rest.run(u8::is_ascii_digit);
    if has_point == decimals.is_empty() || rest.one(b"E").is_none() {
        return None;
    }
    // A plus may follow any number; a minus or nothing only one with decimals: 8E10 alone can be a code.
    let sign = rest.one(b"+-");
    if sign != Some(b'+') && !has_point {
        return None;
    }
    let exponent = rest.run(u8::is_ascii_digit);
    if !(1..=3).contains(&exponent.len()) || !rest.is_at_end() {
        return None;
    }
    if sign == Some(b'-') || decimals.iter().any(|digit| *digit != b'0') {
        return Some(None);
    }
    Some(code_before(
        char::from(first),
        std::str::from_utf8(exponent).unwrap_or_default(),
    ))
}

/// The one code in use that a spreadsheet reads as this number.
fn code_before(first: char, exponent: &str) -> Option<String> {
    let digits = exponent.trim_start_matches('0');
    let mut found = None;
    for zeros in ["", "0", "00", "000"] {
        let length = zeros.len() + digits.len();
        if !(1..=3).contains(&length) {
            continue;
        }
        let mut code = String::from(first);
        code.push('E');
        code.push_str(zeros);
        code.push_str(digits);
        if is_in_use(&code) && found.replace(code).is_some() {
            return None;
        }
    }
    offered(&found?)
}

/// A postcode, unless it could as well be an old code.
pub(super) fn is_postcode(reading: &Reading<'_>) -> bool {
    let code = reading.code();
    if !has_postcode_form(code) {
        return false;
    }
    // Written with the one space that a postcode has.
    let spaced = reading
        .text()
        .split_once(' ')
        .is_some_and(|(outward, inward)| inward.len() == 3 && outward.len() + inward.len() == code.len());
    code.len() >= 6 || spaced
}

/// One number of ten digits, no longer one, and it passes the check of NHS numbers.
pub(super) fn holds_nhs_number(reading: &Reading<'_>) -> bool {
    let mut found = None;
    for run in reading.code().split(|character: char| !character.is_ascii_digit()) {
        if run.len() > 10 || run.len() == 10 && found.replace(run).is_some() {
            return false;
        }
    }
    found.is_some_and(passes_nhs_check)
}

fn passes_nhs_check(number: &str) -> bool {
    let digits = || number.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // 11 counts as 0, and 10 is no digit, so it never passes.
    digits().last() == Some((11 - sum % 11) % 11)
}

/// A telephone number, as it is written in England or from abroad.
pub(super) fn is_telephone_number(reading: &Reading<'_>) -> bool {
    let dialled: String = reading
        .text()
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '(' | ')' | '[' | ']' | '.'))
        .collect();
    let all_digits = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(number) = dialled.strip_prefix('+') {
        return all_digits(number) && (9..=14).contains(&number.len());
    }
    let national = dialled
        .strip_prefix("0044")
        .filter(|number| matches!(number.len(), 9 | 10));
    let number = national.or(dialled
        .strip_prefix('0')
        .filter(|number| matches!(number.len(), 9 | 10)));
    number.is_some_and(all_digits)
}
