//! What else is this text, if it is no code? Addresses, numbers and identifiers that are known by the way they are
//! written as a whole. Each function answers for one of them.

use super::family::{has_postcode_form, is_in_use};
use super::reading::Reading;
use super::scan::{Scan, holds, kept};
use super::word::offered;
use crate::text::cut;

/// An email or web address.
pub(super) fn is_address(reading: &Reading<'_>) -> bool {
    let text = reading.text();
    holds(text, b"@")
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
    let spaced = cut(reading.text(), b' ')
        .is_some_and(|(outward, inward)| inward.len() == 3 && outward.len() + inward.len() == code.len());
    code.len() >= 6 || spaced
}

/// One number of ten digits, no longer one, and it passes the check of NHS numbers.
pub(super) fn holds_nhs_number(reading: &Reading<'_>) -> bool {
    let mut found = None;
    let mut rest = Scan::new(reading.code());
    while !rest.is_at_end() {
        let run = rest.run(u8::is_ascii_digit);
        rest.run(|byte| !byte.is_ascii_digit());
        if run.len() > 10 || run.len() == 10 && found.replace(run).is_some() {
            return false;
        }
    }
    found.is_some_and(passes_nhs_check)
}

fn passes_nhs_check(number: &[u8]) -> bool {
    let digits = || number.iter().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // 11 counts as 0, and 10 is no digit, so it never passes.
    digits().next_back() == Some((11 - sum % 11) % 11)
}

/// A telephone number, as it is written in England or from abroad.
pub(super) fn is_telephone_number(reading: &Reading<'_>) -> bool {
    let dialled = kept(reading.text(), |character| {
        !matches!(character, ' ' | '-' | '(' | ')' | '[' | ']' | '.')
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading<'_> {
        Reading::of(text).unwrap()
    }

    #[test]
    fn a_cqc_identifier_is_1_a_hyphen_and_6_to_12_digits_with_no_letter_or_digit_beside_it() {
        for text in [
            "1-123456",
            "1 - 123456789012",
            "CQC: 1-101635460.",
            "A81001 1-1234567",
            "1-1 1-123456",
            "1-1-123456",
        ] {
            assert!(holds_cqc_identifier(&reading(text)), "{text}");
        }
        for text in [
            "1-12345",
            "1-1234567890123",
            "11-123456",
            "A1-123456",
            "1-123456A",
            "1--123456",
            "1/123456",
            "2-123456",
        ] {
            assert!(!holds_cqc_identifier(&reading(text)), "{text}");
        }
    }

    #[test]
    fn an_nhs_number_passes_its_check_and_is_the_only_long_number() {
        // The example of the NHS Data Dictionary, with and without other text.
        for text in [
            "9434765919",
            "943 476 5919",
            "NHS number 943-476-5919",
            "9434765919/123456789",
        ] {
            assert!(holds_nhs_number(&reading(text)), "{text}");
        }
        for text in [
            "9434765918",
            "94347659190",
            "09434765919",
            "9434765919/9434765919",
            "9434765919/12345678901",
        ] {
            assert!(!holds_nhs_number(&reading(text)), "{text}");
        }
    }

    #[test]
    fn a_check_digit_of_ten_never_passes_and_eleven_counts_as_nought() {
        // Weighted sums of 12 and 11: remainders 1 and 0.
        assert!((0..=9).all(|last| !passes_nhs_check(format!("100000001{last}").as_bytes())));
        assert!(passes_nhs_check(b"0100000010"));
        assert!((1..=9).all(|last| !passes_nhs_check(format!("010000001{last}").as_bytes())));
    }

    #[test]
    fn a_telephone_number_has_9_or_10_digits_after_its_0_and_9_to_14_after_a_plus() {
        for text in [
            "0113496012",
            "01134960123",
            "(0113) 496.0123",
            "0044 113 496 0123",
            "00441134960123",
            "+441134960",
            "+44113496012345",
            "[020] 7946-0000",
        ] {
            assert!(is_telephone_number(&reading(text)), "{text}");
        }
        for text in [
            "011349601",
            "113496012",
            "+44113496",
            "+441134960123456",
            "0044113496012345",
            "0113 496 01x3",
            "+",
            "0113/4960123",
        ] {
            assert!(!is_telephone_number(&reading(text)), "{text}");
        }
    }

    #[test]
    fn a_number_in_scientific_notation_gives_back_the_one_code_that_it_can_have_been() {
        let given = |text: &str| scientific_number(&reading(text));
        let code = |code: &str| Some(Some(code.to_owned()));
        assert_eq!(given("8.00E+100"), code("8E100"));
        assert_eq!(given("8.0e+12"), code("8E012"));
        assert_eq!(given("8E+012"), code("8E012"));
        assert_eq!(given("8.0E12"), code("8E012"));
        // 7E1 and 7E001 are both shapes in use.
        assert_eq!(given("7E+1"), Some(None));
        for lost in ["1.23E+05", "8.00E-12", "5E+01", "8E+0"] {
            assert!(given(lost).is_some(), "{lost}");
        }
        assert_eq!(given("8.01E+100"), Some(None));
        assert_eq!(given("8.00E-100"), Some(None));
        for other in [
            "8E12", "8E-12", "88E+12", "8.E+12", "8E+", "8E+1234", "8.0F+1", "8.0E+1A", "E+1",
        ] {
            assert_eq!(given(other), None, "{other}");
        }
    }

    #[test]
    fn a_postcode_of_five_characters_needs_its_space() {
        for text in ["L3 5PF", "SW1A1AA", "LS14 6UH", "LS-14 6UH", "GIR 0AA"] {
            assert!(is_postcode(&reading(text)), "{text}");
        }
        for text in ["L35PF", "L 35PF", "L-35PF", "L3-5PF", "L-3 5PF", "L47BK", "RXK"] {
            assert!(!is_postcode(&reading(text)), "{text}");
        }
    }
}
