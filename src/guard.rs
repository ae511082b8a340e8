//! Does an answer hold what this form must never hold? Rules GRD-*: details of patients, personal mail. Onboarding.md 7.

use std::ops::Range;

use crate::contacts::is_at;
use crate::context::Context;
use crate::date::month_named;
use crate::form::checking::{At, Checking};
use crate::form::rules::Said;
use crate::tables::{List, RuleId, rule};
use crate::text::{cut_last, folded, is_invisible, is_white_space, trimmed};

/// A date so near to a word like "born" belongs to it.
const NEAR: usize = 20;

pub(crate) fn fires(rule: RuleId, checking: &Checking<'_>, at: At) -> Option<Said> {
    let text = checking.text(at)?;
    speaks(rule, text, checking.context).then(Vec::new)
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

/// Reads a text line by line: a line break ends whatever is being matched.
fn any_line(text: &str, holds: fn(&[char]) -> bool) -> bool {
    // All that is looked for has digits: a text without any, whatever their width, needs no closer look.
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte == FULL_WIDTH) {
        return false;
    }
    let mut line = Vec::with_capacity(text.len());
    for character in folded(text).chars() {
        match character {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if holds(&line) {
                    return true;
                }
                line.clear();
            }
            other if is_white_space(other) => line.push(' '),
            other if is_invisible(other) => {}
            other => line.push(other),
        }
    }
    holds(&line)
}

/// How full-width forms begin in UTF-8.
const FULL_WIDTH: u8 = 0xEF;

fn at(line: &[char], place: usize) -> Option<char> {
    line.get(place).copied()
}

fn is_digit(line: &[char], place: usize) -> bool {
    at(line, place).is_some_and(|character| character.is_ascii_digit())
}

/// The end of a run of characters that fit.
fn run_end(line: &[char], from: usize, fits: impl Fn(char) -> bool) -> usize {
    from + line.iter().skip(from).take_while(|character| fits(**character)).count()
}

/// GRD-001.
fn has_nhs_number(line: &[char]) -> bool {
    let mut place = 0;
    while place < line.len() {
        if !is_digit(line, place) {
            place += 1;
            continue;
        }
        let after_plus = place > 0 && at(line, place - 1) == Some('+');
        let mut groups: Vec<Range<usize>> = Vec::new();
        loop {
            let end = run_end(line, place, |character| character.is_ascii_digit());
            groups.push(place..end);
            place = end;
            if matches!(at(line, end), Some(' ' | '-')) && is_digit(line, end + 1) {
                place = end + 1;
            } else {
                break;
            }
        }
        if !after_plus && run_has_number(line, &groups) {
            return true;
        }
    }
    false
}

/// The run counts only when it can be cut wholly into groups of 10, or of 3, 3 and 4.
fn run_has_number(line: &[char], groups: &[Range<usize>]) -> bool {
    let mut found = false;
    let mut rest = groups;
    while let Some((first, others)) = rest.split_first() {
        let digits = |ranges: &[Range<usize>]| -> Vec<u32> {
            ranges
                .iter()
                .flat_map(|range| line.get(range.clone()).unwrap_or_default())
                .filter_map(|character| character.to_digit(10))
                .collect()
        };
        let (number, left) = match (first.len(), others) {
            (10, _) => (digits(std::slice::from_ref(first)), others),
            (3, [second, third, left @ ..]) if second.len() == 3 && third.len() == 4 => {
                (digits(&[first.clone(), second.clone(), third.clone()]), left)
            }
            _ => return false,
        };
        found |= is_nhs_number(&number);
        rest = left;
    }
    found
}

/// The check digit of an NHS number. Ten equal digits are nobody's.
fn is_nhs_number(digits: &[u32]) -> bool {
    let Some((check, nine)) = digits.split_last() else {
        return false;
    };
    let sum: u32 = nine
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        11 => 0,
        other => other,
    };
    nine.len() == 9 && expected == *check && nine.iter().any(|digit| digit != check)
}

/// GRD-002.
fn has_date_of_birth(line: &[char]) -> bool {
    let words = words_for_birth(line);
    if words.is_empty() {
        return false;
    }
    let dates = dates(line);
    words.iter().any(|word| {
        let after = dates.partition_point(|date| date.start < word.end);
        let follows = dates.get(after).is_some_and(|date| date.start - word.end <= NEAR);
        // Dates that end before the word: the nearest is among the last few that start before it.
        let before = dates.partition_point(|date| date.start < word.start);
        let precedes = dates
            .iter()
            .take(before)
            .rev()
            .take(MOST_DATES_AT_ONE_PLACE)
            .any(|date| date.end <= word.start && word.start - date.end <= NEAR);
        follows || precedes
    })
}

/// Dates that start within the 20 characters and the 17 or so of a date before a word.
const MOST_DATES_AT_ONE_PLACE: usize = 48;

fn words_for_birth(line: &[char]) -> Vec<Range<usize>> {
    const WORDS: [&str; 5] = ["date of birth", "d.o.b.", "d.o.b", "dob", "born"];
    let mut found = Vec::new();
    for place in 0..line.len() {
        if place > 0 && at(line, place - 1).is_some_and(char::is_alphanumeric) {
            continue;
        }
        for word in WORDS {
            let end = place + word.len();
            let same = line.get(place..end).is_some_and(|text| {
                text.iter()
                    .zip(word.chars())
                    .all(|(one, other)| one.to_ascii_lowercase() == other)
            });
            if same && !at(line, end).is_some_and(char::is_alphanumeric) {
                found.push(place..end);
                break;
            }
        }
    }
    found
}

/// Every date in the layouts of the rule, real or not, in the order in which they start.
fn dates(line: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for place in 0..line.len() {
        if !is_digit(line, place) || (place > 0 && is_digit(line, place - 1)) {
            continue;
        }
        if let Some(end) = date_end(line, place)
            && !is_digit(line, end)
        {
            found.push(place..end);
        }
    }
    found
}

fn date_end(line: &[char], start: usize) -> Option<usize> {
    let digits_end = |from: usize| run_end(line, from, |character| character.is_ascii_digit());
    let first = digits_end(start);
    match first - start {
        4 => {
            let month = digits_end(first + 1);
            let day = digits_end(month + 1);
            let joined = at(line, first) == Some('-') && at(line, month) == Some('-');
            (joined && month == first + 3 && day == month + 3).then_some(day)
        }
        1 | 2 => {
            let is_mark = |place: usize| matches!(at(line, place), Some('/' | '.' | '-' | ' '));
            let month = digits_end(first + 1);
            let year = digits_end(month + 1);
            if is_mark(first)
                && (1..=2).contains(&(month.saturating_sub(first + 1)))
                && is_mark(month)
                && (2..=4).contains(&(year.saturating_sub(month + 1)))
            {
                return Some(year);
            }
            date_with_month_name(line, first)
        }
        _ => None,
    }
}

/// `12th March 1960` from behind the day.
fn date_with_month_name(line: &[char], from: usize) -> Option<usize> {
    let suffix = line
        .get(from..from + 2)
        .map(|letters| letters.iter().collect::<String>().to_ascii_lowercase());
    let from = match suffix.as_deref() {
        Some("st" | "nd" | "rd" | "th") => from + 2,
        _ => from,
    };
    let name_start = run_end(line, from, |character| character == ' ');
    let name_end = run_end(line, name_start, |character| character.is_ascii_alphabetic());
    let name: String = line.get(name_start..name_end)?.iter().collect();
    let year = run_end(line, name_end, |character| character == ' ');
    let end = run_end(line, year, |character| character.is_ascii_digit());
    (name_start > from && year > name_end && end == year + 4 && month_named(&name).is_some()).then_some(end)
}

/// GRD-003.
fn is_personal(address: &str, context: &Context) -> bool {
    let Some((_, domain)) = cut_last(trimmed(address), b'@') else {
        return false;
    };
    let domain = domain.to_ascii_lowercase();
    is_at(address, &domain) && context.lists.holds(List::PersonalMailDomains, &domain)
}

/// GRD-004.
fn has_national_insurance_number(line: &[char]) -> bool {
    (0..line.len()).any(|start| {
        let free = start == 0 || !at(line, start - 1).is_some_and(char::is_alphanumeric);
        free && national_insurance_end(line, start).is_some_and(|end| !at(line, end).is_some_and(char::is_alphanumeric))
    })
}

fn national_insurance_end(line: &[char], start: usize) -> Option<usize> {
    let letter = |place: usize, excluded: &[char]| {
        at(line, place)
            .map(|character| character.to_ascii_uppercase())
            .is_some_and(|character| character.is_ascii_uppercase() && !excluded.contains(&character))
    };
    if !letter(start, &['D', 'F', 'I', 'Q', 'U', 'V']) || !letter(start + 1, &['D', 'F', 'I', 'O', 'Q', 'U', 'V']) {
        return None;
    }
    let past_gap = |place: usize| {
        if matches!(at(line, place), Some(' ' | '-')) {
            place + 1
        } else {
            place
        }
    };
    let mut place = start + 2;
    for _ in 0..3 {
        place = past_gap(place);
        if !is_digit(line, place) || !is_digit(line, place + 1) {
            return None;
        }
        place += 2;
    }
    place = past_gap(place);
    at(line, place)
        .is_some_and(|last| matches!(last.to_ascii_uppercase(), 'A'..='D'))
        .then_some(place + 1)
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
            "AB  12 34 56 A",
            "AB12\n3456A",
        ] {
            assert!(!any_line(text, has_national_insurance_number), "{text}");
        }
    }
}
