//! Which question does each answer belong to? Names are taken apart here; what they hold is read in `value.rs`.

use crate::answers::{Answer, OBJECTS_ARE_READ, Stands};
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
    fn add(&mut self, text: &'a str) {
        match self {
            Self::Blank => *self = Self::One(text),
            Self::One(first) => *self = Self::Many(vec![*first, text]),
            Self::Many(items) => items.push(text),
            // A date that comes whole as well as in parts is taken whole, unless nothing is written there.
            Self::Parts(_) if !is_blank(text) => *self = Self::One(text),
            Self::Parts(_) | Self::Misshapen => {}
        }
    }

    fn add_part(&mut self, part: Part, text: &'a str) {
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
            Self::Parts(parts) => is_blank(parts.day) && is_blank(parts.month) && is_blank(parts.year),
            _ => self.first().is_empty(),
        }
    }

    /// The first item that is not blank, or nothing.
    pub(crate) fn first(&self) -> &'a str {
        for text in self.texts() {
            if !is_blank(text) {
                return text;
            }
        }
        ""
    }

    /// What came under its name, blank or not.
    #[inline(always)]
    fn texts(&self) -> &[&'a str] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
            Self::Blank | Self::Parts(_) | Self::Misshapen => &[],
        }
    }

    /// Every item that is not blank.
    pub(crate) fn items(&self) -> impl Iterator<Item = &'a str> {
        self.texts().iter().copied().filter(|item| !is_blank(item))
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

impl Row<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
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
enum Part {
    Day,
    Month,
    Year,
}

/// Where an answer belongs, with the index of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Question(Question, Option<u16>),
    /// A field of the host's own, by its number.
    Own(usize, Option<u16>),
}

impl<'a> Submission<'a> {
    /// Puts every answer at its question. Rows of which nothing was filled in are left out.
    /// Answers to the host's own fields go there.
    pub(crate) fn read(form: &'static FormRow, answers: &[Answer<'a>], nested: bool, host: &mut Host<'a>) -> Self {
        let mut asked = [0; 8];
        for section in form.sections {
            for placement in section.questions {
                let number = placement.question.0;
                if let Some(bits) = asked.get_mut(usize::from(number / 32)) {
                    *bits |= 1 << (number % 32);
                }
            }
        }
        let mut reader = Reader {
            asked,
            places: [Vec::new(), Vec::new()],
            unknown: Vec::new(),
            host,
            submission: Self {
                cells: blank_cells(QUESTIONS.len()),
                rows: [Vec::new(), Vec::new()],
                unknown: Vec::new(),
            },
        };
        for answer in answers {
            reader.take(answer.name, answer.stands, nested && OBJECTS_ARE_READ);
        }
        let mut submission = reader.submission;
        for (rows, places) in submission.rows.iter_mut().zip(reader.places) {
            // The places are by index, so they are the order.
            let mut ordered = Vec::with_capacity(rows.len());
            for place in places.into_iter().flatten() {
                if let Some(row) = rows.get_mut(place)
                    && !row.is_blank()
                {
                    ordered.push(Row {
                        index: row.index,
                        cells: std::mem::take(&mut row.cells),
                    });
                }
            }
            *rows = ordered;
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
    /// The questions of the form, a bit for each number there can be.
    asked: [u32; 8],
    /// For each group, where the row of an index stands among its rows.
    places: [Vec<Option<usize>>; 2],
    unknown: Vec<(String, usize)>,
    submission: Submission<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn take(&mut self, name: &str, stands: Stands<'a>, nested: bool) {
        let fits = match stands {
            Stands::Text(text) => self.take_text(name, capped(text), nested),
            _ if !OBJECTS_ARE_READ => false,
            // A row of the host's own is there also when nothing is in it.
            Stands::EmptyList => match self.resolve(name).or_else(|| Some(self.date_part(name)?.0)) {
                Some(place) => self.cell(place).is_some(),
                None => nested && self.is_list(name),
            },
            Stands::EmptyObject => match self.resolve(name) {
                Some(place) => self.kind(place) == Kind::Date && self.cell(place).is_some(),
                None => self.host.take_empty_row(name) || (self.leads_on(name) && !self.is_list(name)),
            },
            Stands::Misfit => false,
        };
        if !fits {
            self.not_taken(name, nested);
        }
    }

    fn is_list(&self, name: &str) -> bool {
        GROUPS.iter().any(|group| group.name == name) || self.host.is_list(name)
    }

    fn take_text(&mut self, name: &str, text: &'a str, nested: bool) -> bool {
        let item_of = without_item(name);
        let whole = self.resolve(name).or_else(|| {
            let place = self.resolve(item_of?)?;
            (nested || matches!(self.kind(place), Kind::Choices | Kind::TextList)).then_some(place)
        });
        if let Some(place) = whole {
            return self.cell(place).map(|cell| cell.add(text)).is_some();
        }
        let part = self
            .date_part(name)
            .or_else(|| self.date_part(item_of.filter(|_| nested)?));
        let Some((place, part)) = part else { return false };
        self.cell(place).map(|cell| cell.add_part(part, text)).is_some()
    }

    /// The date that a name stands for a part of.
    fn date_part(&self, name: &str) -> Option<(Place, Part)> {
        let (base, part) = cut_last(name, b'.')?;
        let part = part_named(part)?;
        let place = self.resolve(base)?;
        (self.kind(place) == Kind::Date).then_some((place, part))
    }

    /// The question of the form, or the field of the host's own, that a name stands for.
    fn resolve(&self, name: &str) -> Option<Place> {
        match self.question(name) {
            Some((question, index)) => Some(Place::Question(question, index)),
            None => self.host.resolve(name).map(|(field, index)| Place::Own(field, index)),
        }
    }

    fn question(&self, name: &str) -> Option<(Question, Option<u16>)> {
        let (question, index) = match Question::named(name) {
            Some(question) => (question, None),
            None => {
                let (list, rest) = cut(name, b'[')?;
                let (index, rest) = cut(rest, b']')?;
                let rest = rest.strip_prefix('.')?;
                let group = GROUPS.iter().find(|group| group.name == list)?;
                let index = row_index(index)?;
                (Question::named(&concat(&[group.name, "[].", rest]))?, Some(index))
            }
        };
        (self.is_asked(question) && question.row().group.is_some() == index.is_some()).then_some((question, index))
    }

    /// True when the form has the question.
    fn is_asked(&self, question: Question) -> bool {
        let bits = self.asked.get(usize::from(question.0 / 32));
        bits.is_some_and(|bits| bits >> (question.0 % 32) & 1 == 1)
    }

    fn kind(&self, place: Place) -> Kind {
        match place {
            Place::Question(question, _) => question.row().kind,
            Place::Own(field, index) => self.host.kind(field, index),
        }
    }

    fn cell(&mut self, place: Place) -> Option<&mut Cell<'a>> {
        let (question, index) = match place {
            Place::Question(question, index) => (question, index),
            Place::Own(field, index) => return self.host.cell_mut(field, index),
        };
        match (question.row().group, index) {
            (Some(group), Some(index)) => {
                let number = group as usize;
                let (rows, places) = (self.submission.rows.get_mut(number)?, self.places.get_mut(number)?);
                let size = GROUPS.get(number).map_or(0, |group| group.size);
                row_mut(rows, places, index, size)?
                    .cells
                    .get_mut(usize::from(question.row().place))
            }
            _ => self.submission.cells.get_mut(usize::from(question.0)),
        }
    }

    /// Lists a name that was not taken. Of a nested object the shortest path that leads nowhere is listed; a known
    /// question in the wrong shape is blank and is listed itself.
    #[inline(never)]
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
            if let Some(place) = self.resolve(path) {
                // A date is an object of parts. What else is in it leads to no question, and the parts stand.
                if goes_on && self.kind(place) == Kind::Date {
                    continue;
                }
                if let Some(cell) = self.cell(place) {
                    *cell = Cell::Misshapen;
                }
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
        for (number, row) in (0..).zip(QUESTIONS) {
            if let Some(rest) = row.name.as_str().strip_prefix(normal.as_str())
                && (rest.starts_with('.') || rest.starts_with("[]."))
                && self.is_asked(Question(number))
            {
                return true;
            }
        }
        false
    }
}

/// So many cells in which nothing stands yet.
pub(crate) fn blank_cells<'a>(count: usize) -> Vec<Cell<'a>> {
    let mut cells = Vec::with_capacity(count);
    for _ in 0..count {
        cells.push(Cell::Blank);
    }
    cells
}

/// The row with an index, made when it is the first time that it is named.
pub(crate) fn row_mut<'r, 'a>(
    rows: &'r mut Vec<Row<'a>>,
    places: &mut Vec<Option<usize>>,
    index: u16,
    size: usize,
) -> Option<&'r mut Row<'a>> {
    while places.len() <= usize::from(index) {
        places.push(None);
    }
    let place = places.get_mut(usize::from(index))?;
    let at = *place.get_or_insert_with(|| {
        rows.push(Row {
            index,
            cells: blank_cells(size),
        });
        rows.len() - 1
    });
    rows.get_mut(at)
}

/// `[n]` is 0 or up to four digits with no leading zero.
pub(crate) fn row_index(text: &str) -> Option<u16> {
    if text.len() > 4 || (text.starts_with('0') && text != "0") {
        return None;
    }
    u16::try_from(whole(text)?).ok()
}

/// `name` of `name[]` and `name[3]`.
fn without_item(name: &str) -> Option<&str> {
    let (base, item) = cut_last(name.strip_suffix(']')?, b'[')?;
    (item.is_empty() || row_index(item).is_some()).then_some(base)
}

fn part_named(name: &str) -> Option<Part> {
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
