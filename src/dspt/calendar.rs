//! Which edition is it, and is it open, due or out of force? dspt.md 3.1 and 3.4.

use serde::Serialize;
use std::borrow::Cow;

use crate::date::Date;
use crate::entries::{HostRow, Row};
use crate::fault::Fault;
use crate::message::{Language, edition_in_words};
use crate::tables::{CALENDAR, EditionRow};
use crate::text::{concat, number, tidied, whole};

/// An edition, built in or given by the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    pub(crate) edition: Cow<'static, str>,
    pub(crate) first_year: u16,
    pub(crate) version: u8,
    pub(crate) opens: Date,
    pub(crate) deadline: Date,
    pub(crate) in_force_until: Date,
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
        }
    }

    /// An edition is open from this day on, and never shuts: a late publication is told that it is late.
    pub(crate) fn is_open(&self, today: Date) -> bool {
        self.opens <= today
    }
}

/// An edition of the DSPT that a page can offer at `dspt.edition`.
///
/// ```
/// use ncrs_form_check::{Context, EditionOption};
///
/// let offered = Context::new("2026-11-22".parse()?).dspt_editions();
/// assert_eq!(offered[0], EditionOption { value: "2026-27".to_owned(), label: "2026 to 2027 (version 9)".to_owned() });
/// assert_eq!(offered.len(), 9);
/// # Ok::<(), ncrs_form_check::date::NotADay>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionOption {
    /// What the page sends: `2026-27`.
    pub value: String,
    /// What a person reads: `2026 to 2027 (version 9)`.
    pub label: String,
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
    #[inline(never)]
    pub(crate) fn with_rows(rows: &[Row]) -> Result<Self, Fault> {
        let mut calendar = Self::default();
        for (at, row) in rows.iter().enumerate() {
            let edition = read_row(&HostRow {
                option: "options.calendar",
                at,
                row,
            })?;
            match calendar
                .0
                .iter_mut()
                .find(|known| known.first_year == edition.first_year)
            {
                Some(known) => *known = edition,
                None => calendar.0.push(edition),
            }
        }
        in_order(&mut calendar.0);
        for (before, after) in calendar.0.iter().zip(calendar.0.iter().skip(1)) {
            if after.first_year < before.first_year {
                return Err(Fault::new(&[
                    "options.calendar: ",
                    &after.edition,
                    " opens after ",
                    &before.edition,
                    "; expected editions to open in the order of their years",
                ]));
            }
        }
        for (at, edition) in calendar.0.iter().enumerate() {
            let twin = calendar
                .0
                .iter()
                .take(at)
                .find(|other| other.version == edition.version);
            if let Some(other) = twin {
                return Err(Fault::new(&[
                    "options.calendar: ",
                    &other.edition,
                    " and ",
                    &edition.edition,
                    " both have version ",
                    &number(usize::from(edition.version)),
                    "; expected a version for each edition",
                ]));
            }
        }
        Ok(calendar)
    }

    /// What a page offers on a day: newest first, only what has opened. dspt.md 8.
    pub(crate) fn offered(&self, today: Date, language: Language) -> Vec<EditionOption> {
        let open = self.0.iter().rev().filter(|edition| edition.is_open(today));
        open.map(|edition| EditionOption {
            value: edition.edition.clone().into_owned(),
            label: edition_in_words(edition.first_year, edition.version, language),
        })
        .collect()
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
        self.0.iter().rposition(|edition| edition.is_open(today))
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

/// Puts editions in the order in which they open. They nearly are, and are few, so each is moved back to its place: the
/// standard sort costs the download more than the whole calendar.
fn in_order(editions: &mut [Edition]) {
    for end in 1..editions.len() {
        let mut place = end;
        while let Some([before, after]) = place.checked_sub(1).and_then(|from| editions.get_mut(from..=place)) {
            if (before.opens, before.first_year) <= (after.opens, after.first_year) {
                break;
            }
            std::mem::swap(before, after);
            place -= 1;
        }
    }
}

/// The built-in editions that are used although nobody has confirmed their days, in the order in which they open.
pub(crate) fn unconfirmed() -> impl Iterator<Item = &'static EditionRow> {
    CALENDAR.iter().filter(|row| row.confirmed != "yes")
}

/// The first day on which a person should look at the built-in calendar: an edition opens that nobody has confirmed, or
/// the last deadline has passed. dspt.md 3.4.
pub(crate) fn due_from() -> Option<Date> {
    let unsure = unconfirmed().next().map(|row| row.opens);
    let run_out = CALENDAR.last().map(|row| row.deadline.next_day());
    unsure.into_iter().chain(run_out).min()
}

/// The first year of an edition as people write it: `2025-26`, `25/26`, `2025 to 2026`. dspt.md 3.1.
pub(crate) fn read_edition(text: &str) -> Option<u16> {
    let tidy = tidied(text);
    let place = tidy.bytes().position(|byte| matches!(byte, b'-' | b'/' | b'T'))?;
    let (first, second) = tidy.split_at_checked(place)?;
    let second = match second.strip_prefix('T') {
        Some(rest) => rest.strip_prefix('O')?,
        None => second.get(1..)?,
    };
    let (first, second) = (year(first)?, year(second)?);
    (second == first + 1).then_some(first)
}

/// Four digits, or two that mean 20 and them.
fn year(text: &str) -> Option<u16> {
    let number = u16::try_from(whole(text)?).ok()?;
    match text.len() {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn read_row(row: &HostRow<'_>) -> Result<Edition, Fault> {
    let edition = row.column("edition")?;
    let Some(first_year) = read_edition(edition) else {
        return Err(row.wrong("edition", "two years that follow each other, like 2027-28", edition));
    };
    let version = row.column("version")?;
    let read = whole(version).and_then(|number| u8::try_from(number).ok());
    let Some(version) = read.filter(|number| (1..=99).contains(number)) else {
        return Err(row.wrong("version", "a whole number from 1 to 99", version));
    };
    row.column("label")?;
    row.column("confirmed")?;
    let (opens, deadline, in_force_until) = (day(row, "opens")?, day(row, "deadline")?, day(row, "in_force_until")?);
    for (column, least, most) in [
        ("deadline", opens, deadline),
        ("in_force_until", deadline, in_force_until),
    ] {
        if most < least {
            return Err(Fault::new(&[
                &row.place(),
                ".",
                column,
                ": expected a day on or after ",
                &least.written(),
                ", found ",
                &most.written(),
            ]));
        }
    }
    let second = usize::from(first_year + 1) % 100;
    let between = if second < 10 { "-0" } else { "-" };
    Ok(Edition {
        edition: Cow::Owned(concat(&[&number(usize::from(first_year)), between, &number(second)])),
        first_year,
        version,
        opens,
        deadline,
        in_force_until,
    })
}

fn day(row: &HostRow<'_>, column: &str) -> Result<Date, Fault> {
    let text = row.column(column)?;
    text.parse()
        .map_err(|_| row.wrong(column, "a day written YYYY-MM-DD", text))
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

    #[test]
    fn the_calendar_is_due_from_the_day_that_an_edition_opens_which_nobody_has_confirmed() {
        let unsure: Vec<&str> = unconfirmed().map(|row| row.edition).collect();
        assert_eq!(unsure, ["2023-24", "2024-25", "2026-27"]);
        assert_eq!(due_from(), Some(Date::known(2023, 9, 1)));
    }

    #[test]
    fn the_calendar_runs_out_after_the_deadline_of_its_last_row() {
        let calendar = Calendar::default();
        assert!(!calendar.has_run_out(Date::known(2027, 6, 30)));
        assert!(calendar.has_run_out(Date::known(2027, 7, 1)));
    }
}
