//! Which edition is it, and is it open, due or out of force? dspt.md 3.1 and 3.4.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::date::Date;
use crate::fault::Fault;
use crate::tables::{CALENDAR, EditionRow};
use crate::text::tidied;

/// An edition, built in or given by the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    pub(crate) edition: Cow<'static, str>,
    pub(crate) first_year: u16,
    pub(crate) version: u8,
    pub(crate) opens: Date,
    pub(crate) deadline: Date,
    pub(crate) in_force_until: Date,
    pub(crate) confirmed: Cow<'static, str>,
}

impl Edition {
    const fn built_in(row: &'static EditionRow) -> Self {
        Self {
            edition: Cow::Borrowed(row.edition),
            first_year: row.first_year,
            version: row.version,
            opens: row.opens,
            deadline: row.deadline,
            in_force_until: row.in_force_until,
            confirmed: Cow::Borrowed(row.confirmed),
        }
    }

    /// How messages name it: `2025 to 2026`.
    pub(crate) fn in_words(&self) -> String {
        years_in_words(self.first_year)
    }
}

/// `2025 to 2026`. The middle word is the same in English and in a number range of any language that we have.
pub(crate) fn years_in_words(first_year: u16) -> String {
    let mut words = first_year.to_string();
    words.push_str(" to ");
    words.push_str(&(first_year + 1).to_string());
    words
}

/// The editions in the order in which they opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calendar(Vec<Edition>);

impl Default for Calendar {
    fn default() -> Self {
        Self(CALENDAR.iter().map(Edition::built_in).collect())
    }
}

impl Calendar {
    /// The built-in calendar with rows of the host: a row whose edition exists replaces it. dspt.md 8.
    pub(crate) fn with_rows(rows: &[BTreeMap<String, String>]) -> Result<Self, Fault> {
        let mut calendar = Self::default();
        for (at, row) in rows.iter().enumerate() {
            let edition = read_row(at, row)?;
            match calendar
                .0
                .iter_mut()
                .find(|known| known.first_year == edition.first_year)
            {
                Some(known) => *known = edition,
                None => calendar.0.push(edition),
            }
        }
        calendar.0.sort_by_key(|edition| edition.opens);
        for (before, after) in calendar.0.iter().zip(calendar.0.iter().skip(1)) {
            if after.first_year <= before.first_year {
                return Err(Fault::new(format_args!(
                    "options.calendar: {} opens after {}; expected editions to open in the order of their years",
                    after.edition, before.edition
                )));
            }
            if after.version == before.version {
                return Err(Fault::new(format_args!(
                    "options.calendar: {} and {} both have version {}; expected a version for each edition",
                    before.edition, after.edition, after.version
                )));
            }
        }
        Ok(calendar)
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Edition> {
        self.0.get(at)
    }

    /// The row that follows.
    pub(crate) fn after(&self, at: usize) -> Option<&Edition> {
        self.0.get(at + 1)
    }

    /// The last row whose opening day is not after today.
    pub(crate) fn latest_open(&self, today: Date) -> Option<usize> {
        self.0.iter().rposition(|edition| edition.opens <= today)
    }

    pub(crate) fn last(&self) -> Option<&Edition> {
        self.0.last()
    }

    /// True from the day after the deadline of the last row.
    pub(crate) fn has_run_out(&self, today: Date) -> bool {
        self.last().is_none_or(|edition| today > edition.deadline)
    }

    /// The place of the edition that starts in this year.
    pub(crate) fn of_year(&self, first_year: u16) -> Option<usize> {
        self.0.iter().position(|edition| edition.first_year == first_year)
    }
}

/// The first year of an edition as people write it: `2025-26`, `25/26`, `2025 to 2026`. dspt.md 3.1.
pub(crate) fn read_edition(text: &str) -> Option<u16> {
    let tidy = tidied(text);
    let (first, second) = tidy.split_once(['-', '/']).or_else(|| tidy.split_once("TO"))?;
    let (first, second) = (year(first)?, year(second)?);
    (second == first + 1).then_some(first)
}

/// Four digits, or two that mean 20 and them.
fn year(text: &str) -> Option<u16> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        4 => text.parse().ok(),
        2 => text.parse::<u16>().ok().map(|year| 2000 + year),
        _ => None,
    }
}

fn read_row(at: usize, row: &BTreeMap<String, String>) -> Result<Edition, Fault> {
    let column = |name: &str| {
        row.get(name).map(String::as_str).ok_or_else(|| {
            Fault::new(format_args!(
                "options.calendar[{at}]: expected the column \"{name}\" and found none"
            ))
        })
    };
    let day = |name: &str| {
        column(name)?.parse::<Date>().map_err(|_| {
            Fault::new(format_args!(
                "options.calendar[{at}].{name}: expected a day written YYYY-MM-DD, found {:?}",
                row.get(name).map(String::as_str).unwrap_or_default()
            ))
        })
    };
    let edition = column("edition")?;
    let first_year = read_edition(edition).ok_or_else(|| {
        Fault::new(format_args!(
            "options.calendar[{at}].edition: expected two years that follow each other, like 2027-28, found {edition:?}"
        ))
    })?;
    let version = column("version")?;
    let number = version.parse::<u8>().map_err(|_| {
        Fault::new(format_args!(
            "options.calendar[{at}].version: expected a whole number, found {version:?}"
        ))
    })?;
    column("label")?;
    let confirmed = column("confirmed")?;
    let (opens, deadline, in_force_until) = (day("opens")?, day("deadline")?, day("in_force_until")?);
    if deadline < opens {
        return Err(Fault::new(format_args!(
            "options.calendar[{at}].deadline: expected a day on or after {opens}, found {deadline}"
        )));
    }
    if in_force_until < deadline {
        return Err(Fault::new(format_args!(
            "options.calendar[{at}].in_force_until: expected a day on or after {deadline}, found {in_force_until}"
        )));
    }
    let second = (first_year + 1) % 100;
    Ok(Edition {
        edition: Cow::Owned(format!("{first_year}-{second:02}")),
        first_year,
        version: number,
        opens,
        deadline,
        in_force_until,
        confirmed: Cow::Owned(confirmed.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_read_however_its_two_years_are_joined() {
        for text in [
            "2025-26",
            "2025/26",
            "25/26",
            "25-26",
            "2025-2026",
            "2025 to 2026",
            " 2025 – 26 ",
            "２０２５-26",
            "25TO26",
        ] {
            assert_eq!(read_edition(text), Some(2025), "{text}");
        }
        for text in [
            "2025",
            "2025-27",
            "2025-25",
            "202526",
            "2025-026",
            "5-6",
            "2025 and 2026",
            "2025-26-27",
            "",
            "-",
            "x-y",
            "2025+26",
        ] {
            assert_eq!(read_edition(text), None, "{text}");
        }
        assert_eq!(
            read_edition("99-00"),
            None,
            "two digits mean 20 and them, so 2099 is followed by 2000"
        );
        assert_eq!(read_edition("2099-2100"), Some(2099));
    }
}
