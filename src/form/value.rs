//! What does an answer read as? Onboarding.md 3: blank, unreadable or a value. Reading never fails.

use super::submission::{Cell, READ_AT_MOST};
use crate::context::Context;
use crate::date::{self, Date, NotReal};
use crate::dspt::calendar::read_edition;
use crate::dspt::status::read_status;
use crate::tables::{Kind, Question};
use crate::text::{
    all_digits, count, cut, cut_where, folded, is_blank, is_white_space, pieces, tidied, trimmed, whole,
};

/// An answer as its kind reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Blank,
    Unreadable,
    /// Texts, identifiers and codes: as typed. Their formats are judged by rules.
    Text(&'a str),
    /// The number of an option of ours.
    Option(u8),
    /// Another text of an open choice, or an option of the host that counts as none of ours: as typed.
    OtherOption(&'a str),
    /// Options as bits. `others` is true when the host's own are among them, `all` is false when an item is no option.
    Options {
        set: u32,
        others: bool,
        all: bool,
    },
    YesNo(bool),
    Ticked,
    Number(u32),
    Date(Date),
    NotReal(NotReal),
    /// A list of texts, with at least one piece: see [`any_piece`].
    List(&'a Cell<'a>),
    /// The place of an edition in the calendar.
    Edition(usize),
    /// The first year of an edition that the calendar does not have.
    UnknownEdition(u16),
    /// A status, and the first year of an edition written inside it.
    Status {
        status: u8,
        year: Option<u16>,
    },
}

impl Value<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// True for this answer to a question of yes or no.
    pub(crate) fn says(&self, yes: bool) -> bool {
        matches!(self, Self::YesNo(said) if *said == yes)
    }

    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(
            self,
            Self::Unreadable | Self::NotReal(_) | Self::UnknownEdition(_) | Self::Options { all: false, .. }
        )
    }
}

/// Reads what stands at a question.
pub(crate) fn read<'a>(question: Question, cell: &'a Cell<'a>, context: &Context) -> Value<'a> {
    if cell.is_blank() {
        return Value::Blank;
    }
    let row = question.row();
    let text = cell.first();
    match row.kind {
        Kind::Choice | Kind::OpenChoice => match option(question, text, context) {
            Chosen::Ours(number) => Value::Option(number),
            Chosen::Unknown if row.kind == Kind::Choice => Value::Unreadable,
            Chosen::Added | Chosen::Unknown => Value::OtherOption(text),
            Chosen::Dropped => Value::Unreadable,
        },
        Kind::Choices => {
            let (mut set, mut others, mut all) = (0, false, true);
            for item in cell.items() {
                match option(question, item, context) {
                    Chosen::Ours(number) => set |= 1_u32.checked_shl(u32::from(number)).unwrap_or(0),
                    Chosen::Added => others = true,
                    Chosen::Dropped | Chosen::Unknown => all = false,
                }
            }
            Value::Options { set, others, all }
        }
        Kind::DsptEdition => match read_edition(text) {
            None => Value::Unreadable,
            Some(year) => context
                .calendar
                .of_year(year)
                .map_or(Value::UnknownEdition(year), Value::Edition),
        },
        // Our own values are among the texts of the statuses, so only what a host added is read as an option.
        Kind::DsptStatus => {
            let option = option_text(text);
            match context.changes.added_option(question, &option) {
                Some(Some(status)) => Value::Status { status, year: None },
                Some(None) => Value::OtherOption(text),
                None => read_status(text)
                    .filter(|read| !context.changes.drops_option(question, read.status))
                    .map_or(Value::Unreadable, |read| Value::Status {
                        status: read.status,
                        year: read.year,
                    }),
            }
        }
        kind => plain(kind, cell),
    }
}

/// Reads what its kind alone can read, without options and calendars.
pub(crate) fn plain<'a>(kind: Kind, cell: &'a Cell<'a>) -> Value<'a> {
    if cell.is_blank() {
        return Value::Blank;
    }
    let text = cell.first();
    match kind {
        Kind::WholeNumber => whole_number(text).map_or(Value::Unreadable, Value::Number),
        Kind::Version => version(text).map_or(Value::Unreadable, Value::Number),
        Kind::DsptVersion => dspt_version(text).map_or(Value::Unreadable, Value::Number),
        Kind::Date => read_date(cell),
        Kind::YesNo => yes_no(text).map_or(Value::Unreadable, Value::YesNo),
        Kind::Confirm => {
            if cell.items().any(|item| yes_no(item) != Some(false)) {
                Value::Ticked
            } else {
                Value::Blank
            }
        }
        Kind::TextList => {
            if any_piece(cell, &mut |_| true) {
                Value::List(cell)
            } else {
                Value::Blank
            }
        }
        _ => Value::Text(text),
    }
}

/// True when one of the pieces of a list of texts fits. The first that does is the last that is asked about.
pub(crate) fn any_piece(cell: &Cell<'_>, fits: &mut dyn FnMut(&str) -> bool) -> bool {
    for text in cell.items() {
        let mut left = Some(text);
        while let Some(rest) = left {
            let (piece, after) = cut_where(rest, separates).map_or((rest, None), |(piece, after)| (piece, Some(after)));
            if !is_blank(piece) && fits(piece) {
                return true;
            }
            left = after;
        }
    }
    false
}

/// What stands between the pieces of a list of texts.
fn separates(character: char) -> bool {
    matches!(character, ',' | ';' | '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

enum Chosen {
    Ours(u8),
    /// An option of the host that counts as none of ours.
    Added,
    /// An option of ours that this form does not offer.
    Dropped,
    Unknown,
}

#[inline(never)]
fn option(question: Question, text: &str, context: &Context) -> Chosen {
    let text = option_text(text);
    match context.changes.added_option(question, &text) {
        Some(Some(number)) => return Chosen::Ours(number),
        Some(None) => return Chosen::Added,
        None => {}
    }
    match question.row().options.place(&text) {
        Some(number) if context.changes.drops_option(question, number) => Chosen::Dropped,
        Some(number) => Chosen::Ours(number),
        None => Chosen::Unknown,
    }
}

/// A text as options are compared: trimmed, folded, small ASCII letters, each run of white space and hyphens one `_`.
pub(crate) fn option_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_gap = false;
    for character in trimmed(&folded(text)).chars() {
        let gap = character == '-' || is_white_space(character);
        if !gap {
            plain.push(character.to_ascii_lowercase());
        } else if !in_gap {
            plain.push('_');
        }
        in_gap = gap;
    }
    plain
}

fn yes_no(text: &str) -> Option<bool> {
    let plain = folded(text);
    let plain = trimmed(&plain);
    let is = |words: [&str; 5]| words.iter().any(|word| plain.eq_ignore_ascii_case(word));
    if is(["yes", "y", "true", "1", "on"]) {
        Some(true)
    } else if is(["no", "n", "false", "0", "off"]) {
        Some(false)
    } else {
        None
    }
}

fn read_date<'a>(cell: &Cell<'a>) -> Value<'a> {
    let read = match cell {
        Cell::Parts(parts) => date::read_parts(*parts),
        _ => date::read_text(cell.first()),
    };
    match read {
        Ok(date) => Value::Date(date),
        Err(not_real) => Value::NotReal(not_real),
    }
}

/// A whole number, in groups of three or not, `24.0` included. Onboarding.md 3.5.
fn whole_number(text: &str) -> Option<u32> {
    let plain = folded(text);
    let plain = trimmed(&plain);
    let mut rest = match cut(plain, b'.') {
        Some((before, decimals)) if !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0') => before,
        Some(_) => return None,
        None => plain,
    };
    let mut digits = String::with_capacity(rest.len());
    while let Some((group, after)) = cut_where(rest, |character| character == ',' || is_white_space(character)) {
        // Of the groups only the first may be shorter than three.
        if group.is_empty() || group.len() > 3 || (group.len() < 3 && !digits.is_empty()) {
            return None;
        }
        digits.push_str(group);
        rest = after;
    }
    if rest.is_empty() || (!digits.is_empty() && rest.len() != 3) || !all_digits(&digits) || !all_digits(rest) {
        return None;
    }
    digits.push_str(rest);
    whole(&digits).filter(|number| *number <= MOST)
}

/// Numbers have up to nine digits, noughts at their start not counted.
const MOST: u32 = 999_999_999;

/// The first number of a version: `17.5.1` is 17.
fn version(text: &str) -> Option<u32> {
    let plain = folded(text);
    let groups = pieces(trimmed(&plain), b'.');
    let is_number = |group: &&str| !group.is_empty() && all_digits(group);
    let first = groups.first().filter(|first| first.len() <= 3)?;
    if groups.iter().all(is_number) {
        whole(first)
    } else {
        None
    }
}

/// The version of the DSPT: `8`, `v8`, `08`. dspt.md 3.2.
fn dspt_version(text: &str) -> Option<u32> {
    let tidy = tidied(text);
    let digits = tidy.strip_prefix('V').unwrap_or(&tidy);
    whole(digits).filter(|_| digits.len() <= 2)
}

/// How long a text is: code points of the trimmed text, a line break counted once. Reading stops one past
/// [`READ_AT_MOST`], so that too long stays too long. Onboarding.md 3.4.
pub(crate) fn length(text: &str) -> usize {
    if text.len() > READ_AT_MOST && count(text) > READ_AT_MOST {
        return READ_AT_MOST + 1;
    }
    let text = trimmed(text);
    count(text) - text.as_bytes().windows(2).filter(|pair| *pair == b"\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_have_groups_of_three_and_a_decimal_part_of_zeros() {
        for (text, expected) in [
            ("24", Some(24)),
            ("0", Some(0)),
            ("007", Some(7)),
            ("1,200", Some(1200)),
            ("12 000", Some(12_000)),
            ("24.0", Some(24)),
            ("1,234,567", Some(1_234_567)),
            ("999999999", Some(999_999_999)),
            ("0000000000005", Some(5)),
            (" ２４ ", Some(24)),
            ("12\u{a0}000", Some(12_000)),
            ("1000000000", None),
            ("-1", None),
            ("24.5", None),
            ("1e3", None),
            ("ten", None),
            ("5+", None),
            ("1,20", None),
            ("1200,000", None),
            (",200", None),
            ("1, 200", None),
            ("24.", None),
            ("", None),
            ("1,", None),
            ("٢٤", None),
        ] {
            assert_eq!(whole_number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_version_is_its_first_number() {
        for (text, expected) in [
            ("10", Some(10)),
            ("17.5.1", Some(17)),
            (" 11 ", Some(11)),
            ("010", Some(10)),
            ("10.0.19045", Some(10)),
            ("1000", None),
            ("10.", None),
            ("Windows 10", None),
            ("10a", None),
            (".1", None),
            ("", None),
        ] {
            assert_eq!(version(text), expected, "{text:?}");
        }
        assert_eq!(dspt_version("v 08"), Some(8));
        assert_eq!(dspt_version("8.1"), None);
        assert_eq!(dspt_version("v"), None);
    }

    #[test]
    fn options_are_compared_without_case_width_and_kind_of_gap() {
        assert_eq!(option_text(" Isle of  Man "), "isle_of_man");
        assert_eq!(option_text("isle–of-man"), "isle_of_man");
        assert_eq!(option_text("ＩＣＢ"), "icb");
        assert_eq!(option_text("ÉTÉ"), "ÉtÉ", "only ASCII letters change");
    }

    #[test]
    fn length_is_counted_in_code_points_of_the_trimmed_text_with_a_line_break_counted_once() {
        assert_eq!(length("  abc \r\n"), 3);
        assert_eq!(length("a\r\nb"), 3);
        assert_eq!(length("a\rb"), 3);
        assert_eq!(length("😀😀"), 2);
        assert_eq!(length(&"a".repeat(10_000)), 10_000);
        assert!(length(&"a".repeat(20_000)) > 10_000);
        assert!(
            length(&" ".repeat(20_000)) > 10_000,
            "only the first 10,000 code points are read"
        );
    }
}
