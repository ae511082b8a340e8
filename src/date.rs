//! Which day does an answer name? Real days of the Gregorian calendar, years 1000 to 9999. There is no clock in here.

use std::fmt;
use std::num::NonZeroU32;

use crate::finding::DatePart;
use crate::shape::has_shape;
use crate::text::{cut_where, folded, is_white_space, number, pieces, push_number, trimmed, whole};

/// A day that exists.
///
/// Guaranteed: the year is 1000 to 9999 and the day is one of its month. Days compare as they follow each other.
///
/// ```
/// use ncrs_form_check::date::Date;
///
/// let day: Date = "2026-06-30".parse()?;
/// assert_eq!(day.to_string(), "2026-06-30");
/// assert!("2026-06-31".parse::<Date>().is_err(), "June has 30 days");
/// assert!("30/06/2026".parse::<Date>().is_err(), "arguments are ISO days; only answers may be written otherwise");
/// # Ok::<(), ncrs_form_check::date::NotADay>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(
    // Year, month and day, each in bits of its own: compared as one number, and no day is none of them.
    NonZeroU32,
);

impl fmt::Debug for Date {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, to)
    }
}

/// The text is not a day written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

impl fmt::Display for NotADay {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("not a day written YYYY-MM-DD")
    }
}

impl std::error::Error for NotADay {}

impl std::str::FromStr for Date {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        iso(text).and_then(|parts| read_parts(parts).ok()).ok_or(NotADay)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.written())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// The English names of the months, in order, with a `|` between each two.
pub(crate) const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December";

/// The Welsh names, in the same order.
pub(crate) const WELSH_MONTHS: &str =
    "Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr";

impl Date {
    /// The day, if it exists.
    pub fn new(year: u16, month: u16, day: u16) -> Option<Self> {
        let last = u16::from(days_in_month(year, month)?);
        if !(1000..=9999).contains(&year) || !(1..=last).contains(&day) {
            return None;
        }
        Some(Self::known(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
    }

    /// A day that is known to exist: of a table, which the build script has judged, or reckoned.
    pub(crate) const fn known(year: u16, month: u8, day: u8) -> Self {
        let [high, low] = year.to_be_bytes();
        match NonZeroU32::new(u32::from_be_bytes([high, low, month, day])) {
            Some(number) => Self(number),
            None => Self(NonZeroU32::MIN),
        }
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn written(self) -> String {
        let mut written = number(usize::from(self.year()));
        for part in [self.month(), self.day()] {
            written.push_str(if part < 10 { "-0" } else { "-" });
            push_number(&mut written, usize::from(part), None);
        }
        written
    }

    /// The year, 1000 to 9999.
    pub fn year(self) -> u16 {
        let [high, low, ..] = self.0.get().to_be_bytes();
        u16::from_be_bytes([high, low])
    }

    /// The month, 1 to 12.
    pub(crate) fn month(self) -> u8 {
        let [.., month, _] = self.0.get().to_be_bytes();
        month
    }

    /// The day of the month.
    pub(crate) fn day(self) -> u8 {
        let [.., day] = self.0.get().to_be_bytes();
        day
    }

    /// Days since 1 March of the year 0, so that days can be counted between dates. The day at the end of a leap year
    /// that starts in March needs no special case.
    fn number(self) -> i32 {
        let (year, month) = if self.month() > 2 {
            (i32::from(self.year()), i32::from(self.month()) - 3)
        } else {
            (i32::from(self.year()) - 1, i32::from(self.month()) + 9)
        };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i32::from(self.day()) - 1
    }

    /// How many days this day is after another; negative when it is before.
    pub(crate) fn days_after(self, other: Self) -> i32 {
        self.number() - other.number()
    }

    /// The day after this one. After the last there is none, so it stays.
    pub(crate) fn next_day(self) -> Self {
        let (year, month) = (self.year(), u16::from(self.month()));
        Self::new(year, month, u16::from(self.day()) + 1)
            .or_else(|| Self::new(year, month + 1, 1))
            .or_else(|| Self::new(year + 1, 1, 1))
            .unwrap_or(Self::LAST)
    }

    /// The same day of the month so many months later, or the last day of a shorter month. Past the year 9999 it is
    /// the last day there is.
    pub(crate) fn months_later(self, months: u16) -> Self {
        let count = u32::from(self.month()) - 1 + u32::from(months);
        let year = u32::from(self.year()) + count / 12;
        let Ok(year) = u16::try_from(year) else {
            return Self::LAST;
        };
        if year > 9999 {
            return Self::LAST;
        }
        let month = u16::try_from(count % 12 + 1).unwrap_or(12);
        let last = days_in_month(year, month).unwrap_or(28);
        Self::known(year, u8::try_from(month).unwrap_or(12), self.day().min(last))
    }

    const LAST: Self = Self::known(9999, 12, 31);
}

fn days_in_month(year: u16, month: u16) -> Option<u8> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(28 + u8::from(leap)),
        // Months of 31 and 30 days take turns, and start anew in August.
        1..=12 => Some(30 + u8::from((month + month / 8) % 2 == 1)),
        _ => None,
    }
}

/// The three parts of an answer, as they were typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) day: &'a str,
    pub(crate) month: &'a str,
    pub(crate) year: &'a str,
}

/// Why an answer is not a real date, as the parts to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotReal {
    pub(crate) day: bool,
    pub(crate) month: bool,
    pub(crate) year: bool,
    /// True when the parts to mend are those that are blank.
    pub(crate) blank: bool,
}

impl NotReal {
    const ALL: Self = Self {
        day: true,
        month: true,
        year: true,
        blank: false,
    };

    /// The parts, in the order day, month, year.
    pub(crate) fn parts(self) -> Vec<DatePart> {
        let mut parts = Vec::new();
        if self.day {
            parts.push(DatePart::Day);
        }
        if self.month {
            parts.push(DatePart::Month);
        }
        if self.year {
            parts.push(DatePart::Year);
        }
        parts
    }
}

/// Reads a date in parts. Onboarding.md 3.8.
pub(crate) fn read_parts(parts: Parts<'_>) -> Result<Date, NotReal> {
    let day = part(parts.day, "dd?e", 31);
    let month = part(parts.month, "(dd?|w)e", 12);
    let year = part(parts.year, "zddde", 9999);
    let some = |wrong| NotReal {
        day: day == wrong,
        month: month == wrong,
        year: year == wrong,
        blank: wrong == BLANK,
    };
    for wrong in [BLANK, UNREADABLE] {
        let not_real = some(wrong);
        if not_real.day || not_real.month || not_real.year {
            return Err(not_real);
        }
    }
    Date::new(year, month, day).ok_or(NotReal {
        day: true,
        month: false,
        year: false,
        blank: false,
    })
}

/// No day, month or year is one of these.
const UNREADABLE: u16 = 0;
const BLANK: u16 = u16::MAX;

/// One part of a date, as its number.
fn part(text: &str, shape: &str, most: u16) -> u16 {
    let folded = folded(text);
    let text = trimmed(&folded);
    if text.is_empty() {
        return BLANK;
    }
    if !has_shape(text, shape) {
        return UNREADABLE;
    }
    match whole(text).and_then(|number| u16::try_from(number).ok()) {
        Some(number) if number <= most => number,
        Some(_) => UNREADABLE,
        None => month_named(text.as_bytes()).unwrap_or(UNREADABLE),
    }
}

/// A month by its English name or the first three letters of it, in any case.
pub(crate) fn month_named(text: &[u8]) -> Option<u16> {
    let mut number = 0;
    for name in pieces(MONTHS, b'|') {
        number += 1;
        let length = if text.len() == 3 { 3 } else { name.len() };
        let known = name.as_bytes().get(..length).unwrap_or_default();
        if text.eq_ignore_ascii_case(known) {
            return Some(number);
        }
    }
    None
}

fn is_gap(character: char) -> bool {
    matches!(character, '/' | '.' | '-') || is_white_space(character)
}

/// Reads a date written whole: `2026-06-30`, `30/6/2026`, `30 June 2026`.
pub(crate) fn read_text(text: &str) -> Result<Date, NotReal> {
    let folded = folded(text);
    let text = trimmed(&folded);
    if let Some(parts) = iso(text) {
        return read_parts(parts);
    }
    if let Some((day, rest)) = cut_where(text, is_gap)
        && let Some((month, year)) = cut_where(rest, is_gap)
        && has_shape(day, "dd?e")
        && has_shape(month, "(dd?|w)e")
        && has_shape(year, "dddde")
    {
        return read_parts(Parts { day, month, year });
    }
    Err(NotReal::ALL)
}

/// The parts of what is written `YYYY-MM-DD`.
fn iso(text: &str) -> Option<Parts<'_>> {
    match *pieces(text, b'-') {
        [year, month, day] if has_shape(text, "dddd-dd-dde") => Some(Parts { day, month, year }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn parts_wrong(day: &str, month: &str, year: &str) -> Vec<DatePart> {
        read_parts(Parts { day, month, year }).unwrap_err().parts()
    }

    #[test]
    fn a_date_is_a_day_of_the_gregorian_calendar_in_the_years_1000_to_9999() {
        assert!("2024-02-29".parse::<Date>().is_ok());
        assert!("2000-02-29".parse::<Date>().is_ok());
        for wrong in [
            "2026-02-29",
            "1900-02-29",
            "2026-00-10",
            "2026-13-01",
            "2026-04-31",
            "0999-12-31",
            "2026-1-01",
            "2026-01-1",
            "",
            "x",
            "2026-01-01-01",
            "+026-01-01",
            "２０２６-01-01",
        ] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_written_whole_are_read_in_each_layout_and_in_no_other() {
        let expected = day("2026-06-05");
        for text in [
            "2026-06-05",
            "5/6/2026",
            "05/06/2026",
            "5.6.2026",
            "5-6-2026",
            "05-06-2026",
            "5 6 2026",
            "5 June 2026",
            "5 jun 2026",
            "05-JUN-2026",
            " 5/06/2026 ",
            "５/６/２０２６",
            "5\u{a0}June\u{a0}2026",
            "5‑6‑2026",
            "5/6-2026",
        ] {
            assert_eq!(read_text(text), Ok(expected), "{text}");
        }
        for text in [
            "5  June 2026",
            "June 5 2026",
            "2026/06/05",
            "5/6/26",
            "005/6/2026",
            "5th June 2026",
            "5 Juni 2026",
            "1780617600",
            "5/6/2026 00:00",
            "2026-6-5",
            "2026-06-05e",
            "5/6/2026e",
            "5e/6/2026",
            "5/6e/2026",
            "today",
        ] {
            assert_eq!(read_text(text).unwrap_err(), NotReal::ALL, "{text}");
        }
    }

    #[test]
    fn the_parts_to_mend_are_the_blank_ones_then_the_unreadable_ones_then_the_day() {
        use DatePart::{Day, Month, Year};
        assert_eq!(parts_wrong("", "6", ""), [Day, Year]);
        assert_eq!(parts_wrong("x", "", "26"), [Month]);
        assert_eq!(parts_wrong("32", "6", "26"), [Day, Year]);
        assert_eq!(parts_wrong("1", "13", "2026"), [Month]);
        assert_eq!(parts_wrong("31", "6", "2026"), [Day]);
        assert_eq!(parts_wrong("29", "Feb", "2026"), [Day]);
        assert_eq!(parts_wrong("1", "1", "0999"), [Year]);
        assert_eq!(read_text("2026-06-31").unwrap_err().parts(), [Day]);
        assert_eq!(read_text("2026-13-01").unwrap_err().parts(), [Month]);
    }

    #[test]
    fn days_between_dates_are_counted_over_leap_years_and_centuries() {
        assert_eq!(day("2024-03-01").days_after(day("2024-02-28")), 2);
        assert_eq!(day("2023-03-01").days_after(day("2023-02-28")), 1);
        assert_eq!(day("2000-03-01").days_after(day("1999-03-01")), 366);
        assert_eq!(day("2100-03-01").days_after(day("2099-03-01")), 365);
        assert_eq!(day("2026-01-01").days_after(day("2026-12-31")), -364);
    }

    #[test]
    fn the_next_day_may_be_in_the_next_month_or_year() {
        assert_eq!(day("2027-06-29").next_day(), day("2027-06-30"));
        assert_eq!(day("2027-06-30").next_day(), day("2027-07-01"));
        assert_eq!(day("2027-12-31").next_day(), day("2028-01-01"));
        assert_eq!(day("9999-12-31").next_day(), day("9999-12-31"));
    }

    #[test]
    fn months_later_keeps_the_day_or_takes_the_last_of_a_shorter_month() {
        assert_eq!(day("2025-01-31").months_later(1), day("2025-02-28"));
        assert_eq!(day("2024-02-29").months_later(12), day("2025-02-28"));
        assert_eq!(day("2025-12-15").months_later(1), day("2026-01-15"));
        assert_eq!(day("9999-12-15").months_later(1), day("9999-12-31"));
    }
}
