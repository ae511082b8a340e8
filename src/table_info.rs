//! Which tables is this built from, and is it time to look at them again? For whoever keeps a service up to date.

use serde::Serialize;

use crate::date::Date;
use crate::dspt::calendar::Calendar;
use crate::tables::{TABLES, TableRow};

/// After so many months every table is to be compared with its source again.
const FRESH_FOR: u16 = 12;

/// The table with its own reasons to be looked at; dspt.md 3.4.
const THE_CALENDAR: &str = "dspt-calendar";

/// One table of data: what it holds, where that comes from, and how fresh it is.
///
/// In JSON the keys are those of the fields, in this order; `due` is there only when a day was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableInfo {
    /// The id, like `dspt-calendar`.
    pub id: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// Where that comes from.
    pub source: &'static str,
    /// The day, `YYYY-MM-DD`, on which a person last compared the two.
    pub checked: &'static str,
    /// The first day from which it is due for a check. That is a year after the last one; for the DSPT calendar also the
    /// opening day of an edition that is not confirmed, or the day after the last deadline, whichever comes first.
    pub due_from: Option<Date>,
    /// The rows that are used although nobody has confirmed them: editions of the DSPT calendar.
    pub unconfirmed: Vec<String>,
    /// Whether it is due on the day that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<bool>,
}

/// Every table that this is built from.
///
/// There is no clock inside, so it says from which day each is due for a check; [`tables_on`] compares that with a day.
///
/// ```
/// use ncrs_form_check::tables;
///
/// let all = tables();
/// let calendar = all.iter().find(|table| table.id == "dspt-calendar").unwrap();
/// assert!(calendar.unconfirmed.iter().any(|edition| edition == "2026-27"));
/// assert!(calendar.due.is_none(), "no day was given");
/// ```
pub fn tables() -> Vec<TableInfo> {
    TABLES.iter().map(info).collect()
}

/// Every table, and whether it is due for a check on a day.
///
/// ```
/// use ncrs_form_check::tables_on;
///
/// let due = |day: &str| -> Result<usize, ncrs_form_check::date::NotADay> {
///     Ok(tables_on(day.parse()?).iter().filter(|table| table.due == Some(true)).count())
/// };
/// assert_eq!(due("2026-11-22")?, 1, "the calendar has editions that nobody has confirmed");
/// assert!(due("2030-01-01")? > 1, "by then nothing was compared for years");
/// assert!(due("soon").is_err());
/// # Ok::<(), ncrs_form_check::date::NotADay>(())
/// ```
pub fn tables_on(today: Date) -> Vec<TableInfo> {
    let mut tables = tables();
    for table in &mut tables {
        table.due = Some(table.due_from.is_some_and(|day| day <= today));
    }
    tables
}

fn info(row: &'static TableRow) -> TableInfo {
    let stale = row.checked.parse().ok().map(|day: Date| day.months_later(FRESH_FOR));
    let calendar = (row.id == THE_CALENDAR).then(Calendar::default);
    TableInfo {
        id: row.id,
        what: row.what,
        source: row.source,
        checked: row.checked,
        due_from: stale
            .into_iter()
            .chain(calendar.as_ref().and_then(Calendar::due_from))
            .min(),
        unconfirmed: calendar
            .iter()
            .flat_map(Calendar::unconfirmed)
            .map(|edition| edition.edition.clone().into_owned())
            .collect(),
        due: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_due_while_an_edition_is_not_confirmed_and_names_it() {
        let all = tables();
        assert_eq!(
            serde_json::to_string(&all[0]).unwrap(),
            r#"{"id":"dspt-calendar","what":"Editions of the DSPT: when each opens, its deadline, and how long a publication is in force","source":"DSPT exports of 2022 and 2023, DSPT news and guides, as the basis of each day says","checked":"2026-11-20","due_from":"2023-09-01","unconfirmed":["2023-24","2024-25","2026-27"]}"#
        );
        let due = |day: &str| tables_on(day.parse().unwrap())[0].due;
        assert_eq!(due("2023-08-31"), Some(false));
        assert_eq!(due("2023-09-01"), Some(true));
    }

    #[test]
    fn every_other_table_is_due_a_year_after_it_was_checked() {
        for table in tables().iter().skip(1) {
            let checked: Date = table.checked.parse().unwrap();
            assert_eq!(table.due_from, Some(checked.months_later(12)), "{}", table.id);
            assert!(table.unconfirmed.is_empty(), "{}", table.id);
        }
        let last_day = tables_on("2027-11-19".parse().unwrap());
        assert!(last_day.iter().skip(1).all(|table| table.due == Some(false)));
    }
}
