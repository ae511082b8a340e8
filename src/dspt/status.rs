//! Which DSPT status does a text stand for? dspt.md 3.3: as people type it and as the toolkit exports it.

use super::calendar::read_edition;
use crate::tables::STATUSES;
use crate::text::{cut, cut_last, is_white_space, pieces, plain};

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
    let whole = plain.strip_suffix('.').unwrap_or(&plain);
    let whole = whole.strip_suffix(' ').unwrap_or(whole);
    if let Some(status) = known(whole) {
        return Some(Status { status, year: None });
    }
    let (year, rest) = without_year(whole)?;
    Some(Status {
        status: known(rest)?,
        year: Some(year),
    })
}

fn known(text: &str) -> Option<u8> {
    let at = STATUSES
        .iter()
        .position(|row| pieces(row.accepted_texts, b'|').contains(&text))?;
    u8::try_from(at).ok()
}

/// `25/26 standards met` or `standards met (25/26)`: the first year, and the text without it.
fn without_year(text: &str) -> Option<(u16, &str)> {
    if let Some((years, rest)) = cut(text, b' ')
        && let Some(year) = edition(years)
    {
        return Some((year, rest));
    }
    let (rest, years) = cut_last(text.strip_suffix(')')?, b'(')?;
    Some((edition(years)?, rest.strip_suffix(' ')?))
}

/// An edition that is written without a space.
fn edition(years: &str) -> Option<u16> {
    if cut(years, b' ').is_some() || (cut(years, b'-').is_none() && cut(years, b'/').is_none()) {
        return None;
    }
    read_edition(years)
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
