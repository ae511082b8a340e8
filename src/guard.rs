//! Does an answer hold what this form must never hold? Rules GRD-*: details of patients, personal mail. Onboarding.md 7.

use crate::contacts::is_at;
use crate::context::Context;
use crate::form::checking::{At, Checking};
use crate::identifier::passes_nhs_check;
use crate::letters::is_letter;
use crate::shape::{LETTER_BEYOND_ASCII, behind, is_letter_or_digit};
use crate::tables::{List, RuleId, rule};
use crate::text::{cut_last, is_invisible, is_white_space, plainly, trimmed};

/// A date so near to a word like "born" belongs to it.
const NEAR: usize = 20;

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> bool {
    checking
        .text(at)
        .is_some_and(|text| speaks(rule, text, checking.context))
}

/// True when the rule speaks of a text, whichever field holds it.
pub(crate) fn speaks(rule: RuleId, text: &str, context: &Context) -> bool {
    match rule {
        rule::GRD_001 => any_line(text, has_nhs_number),
        rule::GRD_002 => any_line(text, has_date_of_birth),
        rule::GRD_003 => is_personal(text, context),
        rule::GRD_004 => any_line(text, has_national_insurance_number),
        _ => false,
    }
}

/// Reads a text line by line: a line break ends whatever is being matched. A character is a byte, in capitals.
fn any_line(text: &str, holds: fn(&[u8]) -> bool) -> bool {
    // All that is looked for has digits: a text without any, whatever their width, needs no closer look.
    let mut from = text.bytes();
    loop {
        match from.next() {
            Some(b'0'..=b'9' | FULL_WIDTH) => break,
            Some(_) => {}
            None => return false,
        }
    }
    let mut line = Vec::with_capacity(text.len());
    for character in text.chars() {
        let character = plainly(character);
        line.push(match character {
            '!'..='~' => u8::try_from(character).unwrap_or(OTHER).to_ascii_uppercase(),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if holds(&line) {
                    return true;
                }
                line.clear();
                continue;
            }
            other if is_white_space(other) => b' ',
            other if is_invisible(other) => continue,
            other if is_letter(other) => LETTER_BEYOND_ASCII,
            _ => OTHER,
        });
    }
    holds(&line)
}

/// How full-width forms begin in UTF-8.
const FULL_WIDTH: u8 = 0xEF;

/// Stands for a character beyond ASCII that is no letter: other scripts' digits are not digits.
const OTHER: u8 = 0;

/// GRD-001.
fn has_nhs_number(line: &[u8]) -> bool {
    let (mut earlier, mut before) = (OTHER, OTHER);
    for (place, byte) in line.iter().enumerate() {
        // A run is digits, with a single space or hyphen between groups of them.
        let goes_on = before.is_ascii_digit() || (matches!(before, b' ' | b'-') && earlier.is_ascii_digit());
        if byte.is_ascii_digit()
            && !goes_on
            && before != b'+'
            && let Some((ahead, run)) = line.split_at_checked(place)
            && run_has_number(run)
            && !ends_in_country_code(ahead)
        {
            return true;
        }
        (earlier, before) = (before, *byte);
    }
    false
}

/// True before the rest of a phone number that is written with `+44` or `0044`: `+44 (0)113 496 0018`, `(+44) 7700 900982`. Such numbers are
/// none, and the last words of onboarding.md 7.1 say so, however far the country code is cut off from the run.
fn ends_in_country_code(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some((last, before)) = rest.split_last()
        && matches!(last, b' ' | b'(' | b')' | b'.' | b'-' | b'0' | &OTHER)
    {
        rest = before;
    }
    rest.ends_with(b"+44") || rest.ends_with(b"0044")
}

/// The run counts only when it can be cut wholly into groups of 10, or of 3, 3 and 4.
fn run_has_number(from: &[u8]) -> bool {
    let (mut found, mut run) = (false, from);
    while let Some(rest) = behind("(dddddddddd|dddgdddgdddd)o", run) {
        found |= is_nhs_number(run.get(..run.len() - rest.len()).unwrap_or_default());
        if behind("gd", rest).is_none() {
            return found;
        }
        run = rest.get(1..).unwrap_or_default();
    }
    false
}

/// True for an NHS number that somebody can have: ten equal digits pass the check and are nobody's.
fn is_nhs_number(text: &[u8]) -> bool {
    let differs = |byte: &u8| byte.is_ascii_digit() && Some(byte) != text.first();
    passes_nhs_check(text) && text.iter().any(differs)
}

/// GRD-002.
fn has_date_of_birth(line: &[u8]) -> bool {
    let near = |from: Option<usize>, to: usize| from.is_some_and(|from| to <= from + NEAR);
    // Where the last word and the last date before this place end. In none of the words is a date, and in no date a word.
    let (mut word_end, mut date_end) = (None, None);
    let mut before = OTHER;
    for (place, byte) in line.iter().enumerate() {
        let from = line.get(place..).unwrap_or_default();
        let end = |rest: &[u8]| line.len() - rest.len();
        if byte.is_ascii_digit() {
            if !before.is_ascii_digit()
                && let Some(rest) = behind(DATE, from)
            {
                if near(word_end, place) {
                    return true;
                }
                date_end = date_end.max(Some(end(rest)));
            }
        } else if matches!(byte, b'D' | b'B')
            && !is_letter_or_digit(before)
            && let Some(rest) = behind("(DATE OF BIRTH|D.O.B.|D.O.B|DOB|BORN)b", from)
        {
            if near(date_end, place) {
                return true;
            }
            word_end = Some(end(rest));
        }
        before = *byte;
    }
    false
}

/// A date in the layouts of the rule, real or not: `1960-03-12`, `12/3/60`, `12th March 1960`.
const DATE: &str = "(dddd-dd-dd|dd?mdd?mddd?d?|dd?swsdddd|dd?STswsdddd|dd?NDswsdddd|dd?RDswsdddd|dd?THswsdddd)o";

/// GRD-003.
fn is_personal(address: &str, context: &Context) -> bool {
    let Some((_, domain)) = cut_last(trimmed(address), b'@') else {
        return false;
    };
    let domain = domain.to_ascii_lowercase();
    is_at(address, &domain) && context.lists.holds(List::PersonalMailDomains, &domain)
}

/// GRD-004.
fn has_national_insurance_number(line: &[u8]) -> bool {
    let mut before = OTHER;
    for (place, byte) in line.iter().enumerate() {
        if byte.is_ascii_uppercase()
            && !is_letter_or_digit(before)
            && behind("(p|O)pg?ddg?ddg?ddg?(A|B|C|D)b", line.get(place..).unwrap_or_default()).is_some()
        {
            return true;
        }
        before = *byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    // 943 476 5919 is the NHS Data Dictionary's example of a number that passes; numbers from 999 are kept for tests.
    #[test]
    fn an_nhs_number_is_found_however_it_is_grouped() {
        for text in [
            "9434765919",
            "Seen: 943 476 5919.",
            "943-476-5919",
            "９４３ ４７６ ５９１９",
            "943 476 5919 9434765919",
            "999 000 0018",
            "x943\u{a0}476\u{a0}5919",
            "+44 or 943 476 5919",
            "44 (0) 943 476 5919",
            "Room 44. 943 476 5919",
            "(0)113 496 0018",
        ] {
            assert!(any_line(text, has_nhs_number), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_not_nhs_numbers() {
        for text in [
            "9434765918",
            "1111111111",
            "+9434765919",
            "943 4765919",
            "943  476 5919",
            "943 476\n5919",
            "1234 5678 9012",
            "09434765919",
            "943 476 5919 1",
            "943/476/5919",
            // Each ends in ten digits that pass the check.
            "+44 (0)113 496 0018",
            "+44(0)1134960018",
            "(+44) 113 496 0018",
            "+44  113 496 0018",
            "+44\u{a0}113\u{a0}496\u{a0}0104",
            "+44.113 496 0018",
            "+44 \u{2013} 113 496 0018",
            "0044 (0) 1134960018",
            "",
            "0000000000",
        ] {
            assert!(!any_line(text, has_nhs_number), "{text}");
        }
    }

    #[test]
    fn a_date_beside_a_word_for_birth_is_a_date_of_birth() {
        for text in [
            "DOB 1/2/1960",
            "d.o.b. 01-02-60",
            "Date of birth: 1960-02-01",
            "born on the 1st  March 1960",
            "(born 1 Mar 1960)",
            "1.2.1960 dob",
            "dob: 99/99/9999",
            "born aaaaaaaaaaaaaaaaaa 1/2/60",
        ] {
            assert!(any_line(text, has_date_of_birth), "{text}");
        }
        for text in [
            "1/2/1960",
            "born in 1960",
            "stubborn 1/2/1960",
            "dob2 1/2/1960",
            "dob\n1/2/1960",
            "dob 1/2/19601",
            "born aaaaaaaaaaaaaaaaaaa 1/2/60",
            "1/2/60 aaaaaaaaaaaaaaaaaaaaa born",
            "dob 1/2",
            "dob 1960-2-1",
            "dob 1 Smarch 1960",
            "dob 1March 1960",
        ] {
            assert!(!any_line(text, has_date_of_birth), "{text}");
        }
    }

    #[test]
    fn a_national_insurance_number_is_found_with_and_without_gaps() {
        for text in [
            "AB123456C",
            "ab 12 34 56 d",
            "AB-12-34-56-D",
            "(AB123456A)",
            "AB12 34 56A",
            // Onboarding.md 3.3: other scripts' digits are not digits.
            "²AB123456C५",
        ] {
            assert!(any_line(text, has_national_insurance_number), "{text}");
        }
        for text in [
            "QQ123456C",
            "AO123456C",
            "AB123456E",
            "AB12345C",
            "XAB123456A",
            "AB123456AB",
            "éAB123456A",
            "AB123456Aд",
            "AB  12 34 56 A",
            "AB12\n3456A",
        ] {
            assert!(!any_line(text, has_national_insurance_number), "{text}");
        }
    }
}
