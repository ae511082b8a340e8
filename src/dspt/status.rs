//! Which DSPT status does a text stand for? dspt.md 3.3: as people type it and as the toolkit exports it.

use super::calendar::read_edition;
use crate::tables::STATUSES;
use crate::text::{cut, cut_last, is_white_space, plain};

/// A status that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Status {
    /// Its place in the table of statuses, which is also the number of its option.
    pub(crate) status: u8,
    /// The first year of an edition written inside the status, in front or in brackets at the end.
    pub(crate) year: Option<u16>,
}

/// Reads a status. `None` is not readable.
pub(crate) fn read_status(text: &str) -> Option<Status> {
    let plain = plain(text, |character| character == '_' || is_white_space(character));
    let whole = plain.strip_suffix('.').unwrap_or(&plain).trim();
    if let Some(status) = known(whole) {
        return Some(Status { status, year: None });
    }
    let (year, rest) = without_year(whole)?;
    known(rest).map(|status| Status {
        status,
        year: Some(year),
    })
}

fn known(text: &str) -> Option<u8> {
    STATUSES
        .iter()
        .position(|row| row.accepted_texts.contains(&text))
        .and_then(|at| u8::try_from(at).ok())
}

/// `25/26 standards met` or `standards met (25/26)`: the first year, and the text without it.
fn without_year(text: &str) -> Option<(u16, &str)> {
    let edition = |years: &str| {
        let joined = years.bytes().any(|byte| matches!(byte, b'-' | b'/')) && cut(years, b' ').is_none();
        joined.then(|| read_edition(years)).flatten()
    };
    if let Some((years, rest)) = cut(text, b' ')
        && let Some(year) = edition(years)
    {
        return Some((year, rest.trim()));
    }
    let (rest, years) = cut_last(text.strip_suffix(')')?, b'(')?;
    let rest = rest.strip_suffix(' ')?;
    edition(years).map(|year| (year, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(&'static str, Option<u16>)> {
        read_status(text).map(|read| (STATUSES[usize::from(read.status)].key, read.year))
    }

    #[test]
    fn a_status_is_read_as_people_type_it_and_as_the_toolkit_exports_it() {
        for (text, expected) in [
            ("standards_met", ("met", None)),
            ("Standards  Met.", ("met", None)),
            ("21/22 Standards Met", ("met", Some(2021))),
            ("2021-22 Standards Met", ("met", Some(2021))),
            ("Standards Exceeded (22/23)", ("exceeded", Some(2022))),
            ("Standards Not Fully Met (Plan Agreed)", ("plan_agreed", None)),
            (
                "19/20 Standards Not Fully Met (Plan Agreed)",
                ("plan_agreed", Some(2019)),
            ),
            ("ＳＴＡＮＤＡＲＤＳ\u{a0}MET", ("met", None)),
            ("Baseline publication", ("interim", None)),
            ("IG Toolkit", ("igt", None)),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not_a_status() {
        for text in [
            "",
            "compliant",
            "Standards Met!",
            "21/23 Standards Met",
            "2021 Standards Met",
            "Standards Met 21/22",
            "met..",
            "Standards-Met",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
