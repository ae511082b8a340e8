//! Which question does each answer belong to? Names are taken apart here; what they hold is read in `value.rs`.

use crate::answers::{Answer, Stands};
use crate::date::Parts;
use crate::host::Host;
use crate::sorted::Sorted;
use crate::tables::{FormRow, GROUPS, Kind, QUESTIONS, Question};
use crate::text::{concat, cut, cut_last, is_blank, whole};

/// Only so many code points of an answer are read; the rest changes nothing except that the answer is too long.
/// Onboarding.md 3.4.
pub(crate) const READ_AT_MOST: usize = 10_000;

/// What stands at one question, before it is read.
#[derive(Debug, Clone, Default)]
pub(crate) enum Cell<'a> {
    #[default]
    Blank,
    One(&'a str),
    Many(Vec<&'a str>),
    Parts(Parts<'a>),
    /// Known, but in a shape that cannot be an answer. It stays so, whatever else comes under its name.
    Misshapen,
}

impl<'a> Cell<'a> {
    pub(crate) fn add(&mut self, text: &'a str) {
        match self {
            Self::Blank => *self = Self::One(text),
            Self::One(first) => *self = Self::Many(vec![*first, text]),
            Self::Many(items) => items.push(text),
            // A date that comes whole as well as in parts is taken whole, unless nothing is written there.
            Self::Parts(_) if !is_blank(text) => *self = Self::One(text),
            Self::Parts(_) | Self::Misshapen => {}
        }
    }

    pub(crate) fn add_part(&mut self, part: Part, text: &'a str) {
        if !matches!(self, Self::Parts(_) | Self::Misshapen) && self.is_blank() {
            *self = Self::Parts(Parts::default());
        }
        if let Self::Parts(parts) = self {
            let place = match part {
                Part::Day => &mut parts.day,
                Part::Month => &mut parts.month,
                Part::Year => &mut parts.year,
            };
            if is_blank(place) {
                *place = text;
            }
        }
    }

    /// True when nothing in it is an answer.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Blank | Self::Misshapen => true,
            Self::One(text) => is_blank(text),
            Self::Many(items) => items.iter().all(|item| is_blank(item)),
            Self::Parts(parts) => is_blank(parts.day) && is_blank(parts.month) && is_blank(parts.year),
        }
    }

    /// The first item that is not blank, or nothing.
    pub(crate) fn first(&self) -> &'a str {
        match self {
            Self::One(text) => text,
            Self::Many(items) => items.iter().copied().find(|item| !is_blank(item)).unwrap_or_default(),
            Self::Blank | Self::Parts(_) | Self::Misshapen => "",
        }
    }

    /// Every item that is not blank.
    pub(crate) fn items(&self) -> impl Iterator<Item = &'a str> {
        let (one, many): (Option<&'a str>, &[&'a str]) = match self {
            Self::One(text) => (Some(*text), &[]),
            Self::Many(items) => (None, items),
            Self::Blank | Self::Parts(_) | Self::Misshapen => (None, &[]),
        };
        one.into_iter()
            .chain(many.iter().copied())
            .filter(|item| !is_blank(item))
    }
}

/// A row that was filled in.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    /// As given: rows need not start at 0 or follow each other.
    pub(crate) index: u16,
    /// By the place of the question in its group.
    pub(crate) cells: Vec<Cell<'a>>,
}

/// Every answer at its question.
#[derive(Debug)]
pub(crate) struct Submission<'a> {
    /// By the number of the question. A question of rows has an empty cell here.
    pub(crate) cells: Vec<Cell<'a>>,
    /// By the number of the group; rows in the order of their index.
    pub(crate) rows: [Vec<Row<'a>>; 2],
    /// Names that are no question of the form.
    pub(crate) unknown: Vec<String>,
}

/// A part of a date that comes in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Day,
    Month,
    Year,
}

/// A question and, for rows, the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    question: Question,
    index: Option<u16>,
}

impl<'a> Submission<'a> {
    /// Puts every answer at its question. Rows of which nothing was filled in are left out.
    /// Answers to the host's own fields go there.
    pub(crate) fn read(form: &'static FormRow, answers: &[Answer<'a>], nested: bool, host: &mut Host<'a>) -> Self {
        let mut asked = vec![false; QUESTIONS.len()];
        for placement in form.sections.iter().flat_map(|section| section.questions) {
            if let Some(place) = asked.get_mut(usize::from(placement.question.0)) {
                *place = true;
            }
        }
        let mut reader = Reader {
            asked,
            places: [Vec::new(), Vec::new()],
            unknown: Vec::new(),
            host,
            submission: Self {
                cells: vec![Cell::Blank; QUESTIONS.len()],
                rows: [Vec::new(), Vec::new()],
                unknown: Vec::new(),
            },
        };
        for answer in answers {
            reader.take(answer.name, answer.stands, nested);
        }
        let mut submission = reader.submission;
        for (rows, places) in submission.rows.iter_mut().zip(reader.places) {
            // The places are by index, so they are the order.
            let mut given: Vec<Option<Row<'a>>> = std::mem::take(rows).into_iter().map(Some).collect();
            for place in places.into_iter().flatten() {
                let row = given.get_mut(place).and_then(Option::take);
                rows.extend(row.filter(|row| row.cells.iter().any(|cell| !cell.is_blank())));
            }
        }
        submission.unknown = Sorted::new(reader.unknown).texts();
        submission
    }
}

impl<'a> Submission<'a> {
    /// What stands at a question, of rows in the row with this index.
    pub(crate) fn cell(&self, question: Question, index: Option<u16>) -> Option<&Cell<'a>> {
        match (question.row().group, index) {
            (Some(group), Some(index)) => {
                let rows = self.rows.get(group as usize)?;
                let at = rows.binary_search_by_key(&index, |row| row.index).ok()?;
                rows.get(at)?.cells.get(usize::from(question.row().place))
            }
            _ => self.cells.get(usize::from(question.0)),
        }
    }
}

struct Reader<'h, 'a> {
    host: &'h mut Host<'a>,
    /// By the number of the question: is it in this form?
    asked: Vec<bool>,
    /// For each group, where the row of an index stands among its rows.
    places: [Vec<Option<usize>>; 2],
    unknown: Vec<(String, usize)>,
    submission: Submission<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn take(&mut self, name: &str, stands: Stands<'a>, nested: bool) {
        if self.host.take_empty(name, stands, nested) {
            return;
        }
        match stands {
            Stands::Text(text) => {
                let text = capped(text);
                if !self.host.take(name, text, nested) && !self.take_text(name, text, nested) {
                    self.not_taken(name, nested);
                }
            }
            Stands::EmptyList => {
                let fits = self.resolve(name).is_some()
                    || self.date_part(name).is_some()
                    || (nested && GROUPS.iter().any(|group| group.name == name));
                if !fits {
                    self.not_taken(name, nested);
                }
            }
            Stands::EmptyObject => {
                let fits = match self.resolve(name) {
                    Some(place) => place.question.row().kind == Kind::Date,
                    None => self.leads_on(name) && !GROUPS.iter().any(|group| group.name == name),
                };
                if !fits {
                    self.not_taken(name, nested);
                }
            }
            Stands::Misfit => self.not_taken(name, nested),
        }
    }

    fn take_text(&mut self, name: &str, text: &'a str, nested: bool) -> bool {
        if let Some(place) = self.resolve(name) {
            return self.with_cell(place, |cell| cell.add(text));
        }
        if let Some(base) = without_item(name)
            && let Some(place) = self.resolve(base)
            && (nested || matches!(place.question.row().kind, Kind::Choices | Kind::TextList))
        {
            return self.with_cell(place, |cell| cell.add(text));
        }
        let part = self.date_part(name).or_else(|| {
            let base = without_item(name).filter(|_| nested)?;
            self.date_part(base)
        });
        match part {
            Some((place, part)) => self.with_cell(place, |cell| cell.add_part(part, text)),
            None => false,
        }
    }

    /// The date that a name stands for a part of.
    fn date_part(&self, name: &str) -> Option<(Place, Part)> {
        let (base, part) = cut_last(name, b'.')?;
        let part = part_named(part)?;
        let place = self.resolve(base)?;
        (place.question.row().kind == Kind::Date).then_some((place, part))
    }

    /// The question of the form that a name stands for.
    fn resolve(&self, name: &str) -> Option<Place> {
        let place = if let Some((list, rest)) = cut(name, b'[') {
            let (index, rest) = cut(rest, b']')?;
            let rest = rest.strip_prefix('.')?;
            let group = GROUPS.iter().find(|group| group.name == list)?;
            let index = row_index(index)?;
            Place {
                question: Question::named(&concat(&[group.name, "[].", rest]))?,
                index: Some(index),
            }
        } else {
            let question = Question::named(name)?;
            Place { question, index: None }
        };
        let asked = self.asked.get(usize::from(place.question.0)).copied().unwrap_or(false);
        (asked && place.question.row().group.is_some() == place.index.is_some()).then_some(place)
    }

    fn cell(&mut self, place_of: Place) -> Option<&mut Cell<'a>> {
        match (place_of.question.row().group, place_of.index) {
            (Some(group), Some(index)) => {
                let number = group as usize;
                let (rows, places) = (self.submission.rows.get_mut(number)?, self.places.get_mut(number)?);
                if places.len() <= usize::from(index) {
                    places.resize(usize::from(index) + 1, None);
                }
                let place = places.get_mut(usize::from(index))?;
                let at = *place.get_or_insert_with(|| {
                    rows.push(Row {
                        index,
                        cells: vec![Cell::Blank; GROUPS.get(number).map_or(0, |group| group.size)],
                    });
                    rows.len() - 1
                });
                let within = usize::from(place_of.question.row().place);
                rows.get_mut(at).and_then(|row| row.cells.get_mut(within))
            }
            _ => self.submission.cells.get_mut(usize::from(place_of.question.0)),
        }
    }

    fn with_cell(&mut self, place: Place, change: impl FnOnce(&mut Cell<'a>)) -> bool {
        self.cell(place).map(change).is_some()
    }

    /// Lists a name that was not taken. Of a nested object the shortest path that leads nowhere is listed; a known
    /// question in the wrong shape is blank and is listed itself.
    fn not_taken(&mut self, name: &str, nested: bool) {
        if !nested {
            self.unknown.push((name.to_owned(), 0));
            return;
        }
        let ends = name
            .char_indices()
            .filter(|(at, character)| *at > 0 && matches!(character, '.' | '['))
            .map(|(at, _)| at)
            .chain([name.len()]);
        for end in ends {
            let Some(path) = name.get(..end) else { continue };
            let goes_on = name.get(end..).is_some_and(|rest| rest.starts_with('.'));
            if goes_on && self.host.is_date(path) {
                continue;
            }
            if self.host.misshape(path) {
                self.unknown.push((path.to_owned(), 0));
                return;
            }
            if let Some(place) = self.resolve(path) {
                // A date is an object of parts. What else is in it leads to no question, and the parts stand.
                if goes_on && place.question.row().kind == Kind::Date {
                    continue;
                }
                self.with_cell(place, |cell| *cell = Cell::Misshapen);
            } else if end < name.len() && self.leads_on(path) {
                continue;
            }
            self.unknown.push((path.to_owned(), 0));
            return;
        }
    }

    /// True when some question of the form stands below this path.
    fn leads_on(&self, path: &str) -> bool {
        if self.host.leads_on(path) {
            return true;
        }
        let normal = match cut(path, b'[') {
            None => path.to_owned(),
            Some((list, index)) => match index.strip_suffix(']').and_then(row_index) {
                Some(_) => concat(&[list, "[]"]),
                None => return false,
            },
        };
        self.asked.iter().zip(QUESTIONS).any(|(asked, row)| {
            *asked
                && row
                    .name
                    .as_str()
                    .strip_prefix(normal.as_str())
                    .is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]."))
        })
    }
}

/// `[n]` is 0 or up to four digits with no leading zero.
pub(crate) fn row_index(text: &str) -> Option<u16> {
    if text.len() > 4 || (text.starts_with('0') && text != "0") {
        return None;
    }
    u16::try_from(whole(text)?).ok()
}

/// `name` of `name[]` and `name[3]`.
pub(crate) fn without_item(name: &str) -> Option<&str> {
    let (base, item) = cut_last(name.strip_suffix(']')?, b'[')?;
    (item.is_empty() || row_index(item).is_some()).then_some(base)
}

pub(crate) fn part_named(name: &str) -> Option<Part> {
    match name {
        "day" => Some(Part::Day),
        "month" => Some(Part::Month),
        "year" => Some(Part::Year),
        _ => None,
    }
}

/// The part of a text that is read, and one code point more if there is one: so that too long stays too long.
fn capped(text: &str) -> &str {
    if text.len() <= READ_AT_MOST {
        return text;
    }
    match text.char_indices().nth(READ_AT_MOST + 1) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
