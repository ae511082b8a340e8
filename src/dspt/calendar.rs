//! Which edition is it, and is it open, due or out of force? dspt.md 3.1 and 3.4.

use serde::Serialize;
use std::borrow::Cow;

use crate::date::Date;
use crate::entries::Row;
use crate::fault::Fault;
use crate::message::{Language, edition_in_words};
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

    /// An edition is open from this day on, and never shuts: a late publication is told that it is late.
    pub(crate) fn is_open(&self, today: Date) -> bool {
        self.opens <= today
    }

    fn is_confirmed(&self) -> bool {
        self.confirmed == "yes"
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
    pub(crate) fn with_rows(rows: &[Row]) -> Result<Self, Fault> {
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
        in_order(&mut calendar.0);
        for (before, after) in calendar.0.iter().zip(calendar.0.iter().skip(1)) {
            if after.first_year < before.first_year {
                return Err(Fault::new(format_args!(
                    "options.calendar: {} opens after {}; expected editions to open in the order of their years",
                    after.edition, before.edition
                )));
            }
        }
        for (at, edition) in calendar.0.iter().enumerate() {
            let twin = calendar
                .0
                .iter()
                .take(at)
                .find(|other| other.version == edition.version);
            if let Some(other) = twin {
                return Err(Fault::new(format_args!(
                    "options.calendar: {} and {} both have version {}; expected a version for each edition",
                    other.edition, edition.edition, edition.version
                )));
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

    /// The editions that are used although nobody has confirmed their days, in the order in which they open.
    pub(crate) fn unconfirmed(&self) -> impl Iterator<Item = &Edition> {
        self.0.iter().filter(|edition| !edition.is_confirmed())
    }

    /// The first day on which a person should look at the calendar: an edition opens that nobody has confirmed, or
    /// the last deadline has passed. dspt.md 3.4.
    pub(crate) fn due_from(&self) -> Option<Date> {
        let unsure = self.unconfirmed().next().map(|edition| edition.opens);
        let run_out = self.last().map(|edition| edition.deadline.next_day());
        unsure.into_iter().chain(run_out).min()
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

/// Digits and nothing else. No sign: rows are read as the files are written.
pub(crate) fn whole_number(text: &str) -> Option<u8> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn read_row(at: usize, row: &Row) -> Result<Edition, Fault> {
    // A blank cell of a file is a column that was left out.
    let column = |name: &str| {
        let text = row.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
        text.ok_or_else(|| {
            Fault::new(format_args!(
                "options.calendar[{at}]: expected the column \"{name}\" and found none"
            ))
        })
    };
    let day = |name: &str| {
        let text = column(name)?;
        text.parse::<Date>().map_err(|_| {
            Fault::new(format_args!(
                "options.calendar[{at}].{name}: expected a day written YYYY-MM-DD, found \"{text}\""
            ))
        })
    };
    let edition = column("edition")?;
    let first_year = read_edition(edition).ok_or_else(|| {
        Fault::new(format_args!(
            "options.calendar[{at}].edition: expected two years that follow each other, like 2027-28, found \"{edition}\""
        ))
    })?;
    let version = column("version")?;
    let number = whole_number(version)
        .filter(|number| (1..=99).contains(number))
        .ok_or_else(|| {
            Fault::new(format_args!(
                "options.calendar[{at}].version: expected a whole number from 1 to 99, found \"{version}\""
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

    #[test]
    fn the_calendar_is_due_from_the_day_that_an_edition_opens_which_nobody_has_confirmed() {
        let calendar = Calendar::default();
        let unsure: Vec<&str> = calendar.unconfirmed().map(|edition| edition.edition.as_ref()).collect();
        assert_eq!(unsure, ["2023-24", "2024-25", "2026-27"]);
        assert_eq!(calendar.due_from(), Some(Date::known(2023, 9, 1)));
    }

    #[test]
    fn a_calendar_that_is_confirmed_is_due_from_the_day_after_its_last_deadline() {
        let mut calendar = Calendar::default();
        for edition in &mut calendar.0 {
            edition.confirmed = Cow::Borrowed("yes");
        }
        assert_eq!(calendar.unconfirmed().count(), 0);
        assert_eq!(calendar.due_from(), Some(Date::known(2027, 7, 1)));
        let due = calendar.due_from().unwrap();
        assert!(calendar.has_run_out(due));
        assert!(!calendar.has_run_out(Date::known(2027, 6, 30)));
    }
}
