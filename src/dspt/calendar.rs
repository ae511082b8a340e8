//! Which edition is it, and is it open, due or out of force? dspt.md 3.1 and 3.4.

use serde::Serialize;

use crate::date::Date;
use crate::fault::Fault;
use crate::message::{Language, edition_in_words};
use crate::setting::{HostRow, Setting};
use crate::shape::has_shape;
use crate::tables::{CALENDAR, EditionRow};
use crate::text::{concat, cut_where, number, push_number, tidied, whole};

/// An edition, built in or given by the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edition {
    pub(crate) first_year: u16,
    pub(crate) version: u8,
    pub(crate) opens: Date,
    pub(crate) deadline: Date,
    pub(crate) in_force_until: Date,
}

impl Edition {
    /// `2026-27`.
    fn years(&self) -> String {
        let mut years = number(usize::from(self.first_year));
        let second = usize::from(self.first_year + 1) % 100;
        years.push_str(if second < 10 { "-0" } else { "-" });
        push_number(&mut years, second, None);
        years
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

/// What a check needs of the built-in rows; the rest of them is never downloaded.
const BUILT_IN: [Edition; CALENDAR.len()] = {
    let mut editions = [Edition {
        first_year: 0,
        version: 0,
        opens: Date::known(1000, 1, 1),
        deadline: Date::known(1000, 1, 1),
        in_force_until: Date::known(1000, 1, 1),
    }; CALENDAR.len()];
    let (mut rows, mut places) = (CALENDAR, editions.as_mut_slice());
    while let (Some((row, more_rows)), Some((place, more_places))) = (rows.split_first(), places.split_first_mut()) {
        *place = Edition {
            first_year: row.first_year,
            version: row.version,
            opens: row.opens,
            deadline: row.deadline,
            in_force_until: row.in_force_until,
        };
        (rows, places) = (more_rows, more_places);
    }
    editions
};

impl Default for Calendar {
    fn default() -> Self {
        Self(BUILT_IN.to_vec())
    }
}

impl Calendar {
    /// The built-in calendar with rows of the host: a row whose edition exists replaces it. dspt.md 8.
    #[inline(never)]
    pub(crate) fn with_rows(rows: &[Setting]) -> Result<Self, Fault> {
        let mut calendar = Self::default();
        for (at, row) in rows.iter().enumerate() {
            let edition = read_row(&HostRow {
                option: "options.calendar",
                at,
                row,
            })?;
            match calendar
                .of_year(edition.first_year)
                .and_then(|known| calendar.0.get_mut(known))
            {
                Some(known) => *known = edition,
                None => calendar.0.push(edition),
            }
        }
        in_order(&mut calendar.0);
        for (at, edition) in calendar.0.iter().enumerate() {
            if let Some(after) = calendar.after(at)
                && after.first_year < edition.first_year
            {
                let wanted = "; expected editions to open in the order of their years";
                return Err(clash(after, " opens after ", edition, wanted));
            }
        }
        for (at, edition) in calendar.0.iter().enumerate() {
            for other in calendar.0.iter().take(at) {
                if other.version == edition.version {
                    let version = number(usize::from(edition.version));
                    let wanted = concat(&[" both have version ", &version, "; expected a version for each edition"]);
                    return Err(clash(other, " and ", edition, &wanted));
                }
            }
        }
        Ok(calendar)
    }

    /// What a page offers on a day: newest first, only what has opened. dspt.md 8.
    pub(crate) fn offered(&self, today: Date, language: Language) -> Vec<EditionOption> {
        let open = self.0.iter().rev().filter(|edition| edition.is_open(today));
        open.map(|edition| EditionOption {
            value: edition.years(),
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

/// Two editions that cannot both be so.
fn clash(one: &Edition, how: &str, other: &Edition, wanted: &str) -> Fault {
    Fault::new(&["options.calendar: ", &one.years(), how, &other.years(), wanted])
}

/// Puts editions in the order in which they open. They nearly are, and are few, so each is exchanged with those behind it:
/// the standard sort costs the download more than the whole calendar.
fn in_order(editions: &mut [Edition]) {
    let mut rest = editions;
    while let Some((first, others)) = rest.split_first_mut() {
        for other in others.iter_mut() {
            if (other.opens, other.first_year) < (first.opens, first.first_year) {
                (*first, *other) = (*other, *first);
            }
        }
        rest = others;
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
    if !has_shape(&tidy, "(dddd|dd)(-|/|TO)(dddd|dd)e") {
        return None;
    }
    let (first, second) = cut_where(&tidy, |character| matches!(character, '-' | '/' | 'T'))?;
    let (first, second) = (year(first)?, year(second.strip_prefix('O').unwrap_or(second))?);
    (second == first + 1).then_some(first)
}

/// Four digits, or two that mean 20 and them.
fn year(text: &str) -> Option<u16> {
    let number = u16::try_from(whole(text)?).ok()?;
    Some(if text.len() == 2 { 2000 + number } else { number })
}

/// The columns of a row, in the order in which they are read.
const COLUMNS: [&str; 7] = [
    "edition",
    "version",
    "label",
    "confirmed",
    "opens",
    "deadline",
    "in_force_until",
];

#[inline(never)]
fn read_row(row: &HostRow<'_>) -> Result<Edition, Fault> {
    let (mut first_year, mut version) = (0, 0);
    let mut days = [Date::known(1000, 1, 1); 3];
    for (at, column) in COLUMNS.iter().enumerate() {
        let text = row.column(column)?;
        let wanted = match at {
            0 => {
                if let Some(year) = read_edition(text) {
                    first_year = year;
                    continue;
                }
                "two years that follow each other, like 2027-28"
            }
            1 => {
                if let Some(number @ 1..=99) = whole(text).and_then(|number| u8::try_from(number).ok()) {
                    version = number;
                    continue;
                }
                "a whole number from 1 to 99"
            }
            // For the reader.
            2 | 3 => continue,
            _ => {
                if let (Ok(day), Some(place)) = (text.parse(), days.get_mut(at - 4)) {
                    *place = day;
                    continue;
                }
                "a day written YYYY-MM-DD"
            }
        };
        return Err(row.wrong(column, wanted, text));
    }
    let [opens, deadline, in_force_until] = days;
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
    Ok(Edition {
        first_year,
        version,
        opens,
        deadline,
        in_force_until,
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
    fn an_edition_is_named_by_its_years() {
        for (row, edition) in CALENDAR.iter().zip(BUILT_IN) {
            assert_eq!(edition.years(), row.edition);
        }
        assert_eq!(edition_of(2099).years(), "2099-00");
    }

    fn edition_of(first_year: u16) -> Edition {
        Edition {
            first_year,
            ..BUILT_IN[0]
        }
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
