//! What else is this text, if it is no code? Addresses, numbers and identifiers that are known by the way they are
//! written as a whole. Each function answers for one of them.

use super::characters::{DIGITS, Runs, holds, is_only, set};
use super::known::Known;
use super::verdict::Judgement;
use crate::identifier::passes_nhs_check;
use crate::text::{concat, cut};

/// An email or web address.
pub(super) fn is_address(text: &str) -> bool {
    holds(text, const { set("@") })
        || text.starts_with("HTTP://")
        || text.starts_with("HTTPS://")
        || text.starts_with("WWW.")
}

/// A UUID, with or without its hyphens.
pub(super) fn is_system_identifier(code: &str) -> bool {
    code.len() == 32 && is_only(code, const { set("0123456789ABCDEF") })
}

/// A number as a spreadsheet shows it when it is too long. The one code that it can have been is offered.
pub(super) fn scientific_number(without_spaces: &str, judgement: &mut Judgement) -> Option<()> {
    let (number, power) = cut(without_spaces, b'E')?;
    let (first, after) = number.split_at_checked(1)?;
    let sign = power.bytes().next()?;
    let exponent = power.get(usize::from(matches!(sign, b'+' | b'-'))..)?;
    // A plus may follow any number; a minus or nothing only one with decimals: 8E10 alone can be a code.
    let fits_sign = match after.strip_prefix('.') {
        Some(decimals) => is_only(decimals, DIGITS),
        None => after.is_empty() && sign == b'+',
    };
    if !(fits_sign && is_only(first, DIGITS) && is_only(exponent, DIGITS) && exponent.len() <= 3) {
        return None;
    }
    if sign == b'-' || holds(after, const { set("123456789") }) {
        return Some(());
    }
    // The spreadsheet lost the zeros before the exponent, or added one.
    let padded = concat(&["000", exponent]);
    let mut count = 0;
    for length in 1..4 {
        let (lost, kept) = padded.split_at_checked(padded.len() - length)?;
        let code = concat(&[first, "E", kept]);
        if is_only(lost, const { set("0") }) && Known::of(&code).is_in_use() {
            count += 1;
            judgement.offer(&code);
        }
    }
    if count > 1 {
        judgement.suggestion = None;
    }
    Some(())
}

/// A postcode, unless it could as well be an old code: one of five characters needs the one space that a postcode has.
pub(super) fn is_postcode(text: &str, code: &str) -> bool {
    code.len() >= 6
        || cut(text, b' ')
            .is_some_and(|(outward, inward)| inward.len() == 3 && outward.len() + inward.len() == code.len())
}

/// One number of ten digits, no longer one, and it passes the check of NHS numbers.
pub(super) fn holds_nhs_number(code: &str) -> bool {
    let mut found = None;
    for run in Runs::new(code, DIGITS) {
        if run.len() > 10 || run.len() == 10 && found.replace(run).is_some() {
            return false;
        }
    }
    found.is_some_and(|number| passes_nhs_check(number.as_bytes()))
}

/// A telephone number, as it is written in England or from abroad. `key` is the letters and numbers of the text.
pub(super) fn is_telephone_number(text: &str, key: &str) -> bool {
    let from_abroad = text.strip_prefix('+');
    if !is_only(from_abroad.unwrap_or(text), const { DIGITS | set(" -()[].") }) {
        return false;
    }
    match key.len() {
        9..=14 if from_abroad.is_some() => true,
        10 | 11 => from_abroad.is_none() && key.starts_with('0'),
        13 | 14 => key.starts_with("0044"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ods::among_words::Words;
    use crate::ods::characters::{is_code_character, is_no_space, kept};
    use crate::ods::reading::Reading;
    use crate::tables::known;

    fn reading(text: &str) -> Reading {
        Reading::of(text).unwrap()
    }

    fn is_telephone(text: &str) -> bool {
        let text = reading(text).text;
        is_telephone_number(&text, &kept(&text, is_code_character))
    }

    fn is_postcode_form(text: &str) -> bool {
        let reading = reading(text);
        Known::of(&reading.code).is(known::POSTCODE) && is_postcode(&reading.text, &reading.code)
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
            assert!(Words::of(&reading(text).text).has_cqc_identifier, "{text}");
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
            assert!(!Words::of(&reading(text).text).has_cqc_identifier, "{text}");
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
            assert!(holds_nhs_number(&reading(text).code), "{text}");
        }
        for text in [
            "9434765918",
            "94347659190",
            "09434765919",
            "9434765919/9434765919",
            "9434765919/12345678901",
        ] {
            assert!(!holds_nhs_number(&reading(text).code), "{text}");
        }
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
            assert!(is_telephone(text), "{text}");
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
            assert!(!is_telephone(text), "{text}");
        }
    }

    #[test]
    fn a_number_in_scientific_notation_gives_back_the_one_code_that_it_can_have_been() {
        let given = |text: &str| {
            let mut judgement = Judgement::of_nothing();
            scientific_number(&kept(&reading(text).text, is_no_space), &mut judgement).map(|()| judgement.suggestion)
        };
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
            assert!(is_postcode_form(text), "{text}");
        }
        for text in ["L35PF", "L 35PF", "L-35PF", "L3-5PF", "L-3 5PF", "L47BK", "RXK"] {
            assert!(!is_postcode_form(text), "{text}");
        }
    }
}
