//! Is this text written as a date? Spreadsheets turn codes into dates, and people paste what they then see.
//!
//! Only the form counts: the 45th of a month is written as a date too.

use super::scan::Scan;

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// True when the whole text is written as a date.
pub(super) fn is_date(text: &str) -> bool {
    let mut rest = Scan::new(text);
    match rest.digits() {
        0 => is_month(&mut rest) && mark(&mut rest) && is_year_at_end(&mut rest),
        4 => is_day_first_or_iso(rest),
        1 | 2 => is_in_numbers(rest) || is_day_and_month(rest),
        _ => false,
    }
}

/// After 4 digits: `-04-01`, with or without a time of day.
fn is_day_first_or_iso(mut rest: Scan<'_>) -> bool {
    let two = |rest: &mut Scan<'_>, before: u8| rest.one(&[before]).is_some() && rest.digits() == 2;
    if !(two(&mut rest, b'-') && two(&mut rest, b'-')) {
        return false;
    }
    if rest.is_at_end() {
        return true;
    }
    two(&mut rest, b' ') && two(&mut rest, b':') && (rest.is_at_end() || two(&mut rest, b':') && rest.is_at_end())
}

/// After 1 or 2 digits: `/04/2024`, the same mark twice.
fn is_in_numbers(mut rest: Scan<'_>) -> bool {
    let Some(first) = rest.one(b"-/.") else { return false };
    matches!(rest.digits(), 1 | 2) && rest.one(&[first]).is_some() && is_year_at_end(&mut rest)
}

/// After 1 or 2 digits: `-APR`, with or without a year.
fn is_day_and_month(mut rest: Scan<'_>) -> bool {
    mark(&mut rest) && is_month(&mut rest) && (rest.is_at_end() || mark(&mut rest) && is_year_at_end(&mut rest))
}

fn mark(rest: &mut Scan<'_>) -> bool {
    rest.one(b"-/ ").is_some()
}

fn is_year_at_end(rest: &mut Scan<'_>) -> bool {
    matches!(rest.digits(), 2 | 4) && rest.is_at_end()
}

fn is_month(rest: &mut Scan<'_>) -> bool {
    let word = rest.letters();
    MONTHS
        .iter()
        .any(|month| month.as_bytes().starts_with(word) && (word.len() == 3 || word.len() == month.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_form_is_one_of_the_four_that_are_listed() {
        let dates = [
            "1-2-24",
            "01/12/2024",
            "1.4.24",
            "45.99.0000",
            "2004-04-01",
            "2004-04-01 00:00",
            "2004-04-01 00:00:00",
            "1-DEC",
            "12 MAY",
            "4 APRIL 2025",
            "04/APR-25",
            "DEC-01",
            "SEPTEMBER 2024",
            "JAN/2024",
        ];
        for date in dates {
            assert!(is_date(date), "{date}");
        }
    }

    #[test]
    fn what_is_nearly_a_date_form_is_none() {
        let others = [
            "",
            "1",
            "12",
            "1-2",
            "1-2-2",
            "1-2-204",
            "1-2-20245",
            "001-2-24",
            "1-002-24",
            "1-2/24",
            "1 2 24",
            "12MAY",
            "1.MAY",
            "1 MA",
            "1 SEPT",
            "1 MAYS",
            "1 MAY 2",
            "1 MAY 024",
            "MAY",
            "MAY01",
            "MAY 1",
            "MAY.01",
            "MAY 2024 1",
            "2004-4-01",
            "2004-04-1",
            "2004/04/01",
            "2004-04-01 00",
            "2004-04-01 0:00",
            "2004-04-01T00:00",
            "2004-04-01 00:00:",
            "2004-04-01 00:00:00:00",
            "20040-04-01",
            "1-2-24 ",
            "X1-2-24",
            "1-DEC-",
            "1--DEC",
        ];
        for other in others {
            assert!(!is_date(other), "{other}");
        }
    }
}
