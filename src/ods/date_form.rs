//! Is this text written as a date? Spreadsheets turn codes into dates, and people paste what they then see.
//!
//! Only the form counts: the 45th of a month is written as a date too.

use crate::shape::has_shape;
use crate::text::cut;

/// How dates are written.
const FORMS: &str = "dd?-dd?-dd(dd|)e,dd?/dd?/dd(dd|)e,dd?.dd?.dd(dd|)e,dddd-dd-dd( dd:dd| dd:dd:dd|)e,\
    dd?(-|/| )we,dd?(-|/| )w(-|/| )dd(dd|)e,w(-|/| )dd(dd|)e,";

/// True when the whole text is written as a date.
#[inline(never)]
pub(super) fn is_date(text: &str) -> bool {
    let mut rest = FORMS;
    while let Some((form, others)) = cut(rest, b',') {
        if has_shape(text, form) {
            return true;
        }
        rest = others;
    }
    false
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
