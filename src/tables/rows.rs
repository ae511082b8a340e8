//! How do rows come out of what the build script wrote? They are made once, when the first is asked for.
//!
//! Written is a file of bytes and one of lines of text, each in the order in which it is read here. What follows from
//! another row is not said again, so that a download of it is half as long as one of rows.

use std::sync::OnceLock;

use super::{
    BYTES, Condition, FormRow, Format, Group, Kind, LINES, List, ListRow, LowerCase, MessageRow, Placement, Question,
    QuestionRow, Required, Room, RuleId, RuleRow, Run, SEVERITIES, SectionRow, Skip, Span, Text, Trigger, Words,
};
use crate::finding::Severity;
use crate::text::cut;

/// The rows of every table that is written as bytes and lines.
pub(super) struct All {
    pub(super) lower_case: &'static [LowerCase],
    pub(super) letters: &'static [Span],
    pub(super) numbers: &'static [Span],
    pub(super) lists: &'static [ListRow],
    pub(super) forms: &'static [FormRow],
    pub(super) rules: &'static [RuleRow],
    pub(super) questions: &'static [QuestionRow],
    /// The number of a question in the slot of its name, or the next free one.
    by_name: [u8; SLOTS],
}

const SLOTS: usize = 256;
const FREE: u8 = u8::MAX;

/// The rows. Nothing gives them back: they are wanted as long as there is a program.
#[inline(always)]
pub(super) fn rows() -> &'static All {
    match ROWS.get() {
        Some(rows) => rows,
        None => first(),
    }
}

static ROWS: OnceLock<All> = OnceLock::new();

#[cold]
#[inline(never)]
fn first() -> &'static All {
    ROWS.get_or_init(All::made)
}

impl All {
    fn made() -> Self {
        let mut reader = Reader {
            bytes: BYTES,
            lines: LINES,
            question: 0,
        };
        let lists = reader.lists();
        let mut questions = reader.questions();
        let sections = reader.sections();
        let forms = reader.forms(sections);
        let rules = reader.rules();
        let lower_case = reader.lower_case();
        for (question, row) in (0..).map(Question).zip(&mut questions) {
            let mut own = Vec::new();
            for (id, rule) in (0..).map(RuleId).zip(rules) {
                if rule.questions.contains(&question) {
                    own.push(id);
                }
            }
            row.rules = Run(own.leak());
        }
        let mut all = Self {
            lower_case,
            letters: reader.spans(),
            numbers: reader.spans(),
            lists,
            forms,
            rules,
            questions: questions.leak(),
            by_name: [FREE; SLOTS],
        };
        for (number, row) in (0..).zip(all.questions) {
            let at = all.slot(row.name.as_str());
            if let Some(slot) = all.by_name.get_mut(at) {
                *slot = number;
            }
        }
        all
    }

    /// The question of that name, rows written as `[]`.
    pub(super) fn question(&self, name: &str) -> Option<Question> {
        let number = *self.by_name.get(self.slot(name))?;
        (number != FREE).then_some(Question(number))
    }

    /// Where a name is, or would be: in the slot of its letters or the next that another has not taken.
    fn slot(&self, name: &str) -> usize {
        let mut sum = 0_u32;
        for byte in name.bytes() {
            sum = sum.wrapping_mul(33) ^ u32::from(byte);
        }
        let mut at = usize::from((sum.wrapping_mul(0x9E37_79B1) >> 24).to_le_bytes()[0]);
        while let Some(number) = self.by_name.get(at) {
            // A free slot has a number that no question has.
            match self.questions.get(usize::from(*number)) {
                Some(row) if !row.name.is(name) => at = (at + 1) % SLOTS,
                _ => break,
            }
        }
        at
    }
}

/// What was not read yet. The build script wrote as much as is read, so the ways out are never taken.
struct Reader {
    bytes: &'static [u8],
    lines: &'static str,
    /// The last question that was named: the next is often near.
    question: u8,
}

/// Some bytes of each of so many rows, one column after the other.
struct Columns {
    bytes: &'static [u8],
    rows: u16,
}

impl Columns {
    #[inline(never)]
    fn at(&self, column: usize, row: u16) -> u8 {
        let at = column * usize::from(self.rows) + usize::from(row);
        self.bytes.get(at).copied().unwrap_or_default()
    }
}

impl Reader {
    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or_default()
    }

    fn word(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    #[inline(never)]
    fn bytes(&mut self, count: usize) -> &'static [u8] {
        let (bytes, rest) = self.bytes.split_at_checked(count).unwrap_or_default();
        self.bytes = rest;
        bytes
    }

    fn columns(&mut self, count: usize) -> Columns {
        let rows = self.word();
        Columns {
            bytes: self.bytes(count * usize::from(rows)),
            rows,
        }
    }

    #[inline(never)]
    fn text(&mut self) -> Text {
        let (text, rest) = cut(self.lines, b'\n').unwrap_or_default();
        self.lines = rest;
        Text(text)
    }

    /// Words in each language: the Welsh ones after a tab, where there are any.
    fn words(&mut self) -> Words {
        let en = self.text();
        let (en, cy) = cut(en.as_str(), b'\t').unwrap_or((en.as_str(), ""));
        Words {
            en: Text(en),
            cy: Text(cy),
        }
    }

    fn texts(&mut self, count: u8) -> Run<Text> {
        let mut texts = Vec::new();
        for _ in 0..count {
            texts.push(self.text());
        }
        Run(texts.leak())
    }

    /// Questions, each by how far it is from the one before.
    fn near(&mut self, count: u8, run: &mut Run<Question>) {
        let mut questions = Vec::new();
        for _ in 0..count {
            self.question = self.question.wrapping_add(self.byte());
            questions.push(Question(self.question));
        }
        *run = Run(questions.leak());
    }

    /// As `judge/condition.rs` wrote it.
    fn condition(&mut self) -> Condition {
        let what = self.byte();
        match what {
            0 => Condition::EndUser,
            1 => Condition::DsptDated,
            2 => Condition::DsptPlan,
            3 => Condition::DsptAudit,
            4 => Condition::DsptNoRoleNamed,
            5 => Condition::Not(self.one_condition()),
            6 => Condition::All(self.conditions()),
            7 => Condition::Any(self.conditions()),
            _ => {
                let (question, option) = (Question(self.byte()), self.byte());
                match what {
                    8 => Condition::Is(question, option),
                    9 => Condition::Has(question, option),
                    10 => {
                        one_of(List::ALL, option).map_or(Condition::EndUser, |list| Condition::InList(question, list))
                    }
                    11 => Condition::Answered(question),
                    12 => Condition::Blank(question),
                    _ => Condition::In(question, self.bytes(usize::from(option))),
                }
            }
        }
    }

    #[inline(never)]
    fn one_condition(&mut self) -> &'static Condition {
        Box::leak(Box::new(self.condition()))
    }

    #[inline(never)]
    fn conditions(&mut self) -> &'static [Condition] {
        let mut conditions = Vec::new();
        for _ in 0..self.byte() {
            conditions.push(self.condition());
        }
        conditions.leak()
    }

    fn lower_case(&mut self) -> &'static [LowerCase] {
        let columns = self.columns(5);
        let mut runs = Vec::new();
        let mut last = 0;
        for row in 0..columns.rows {
            let word = |column| u16::from_le_bytes([columns.at(column, row), columns.at(column + 1, row)]);
            let (letters, step) = (columns.at(4, row) / 2, columns.at(4, row) % 2 + 1);
            let first = last + u32::from(word(0));
            last = first + u32::from(letters * step);
            runs.push(LowerCase {
                first,
                last,
                step,
                off: word(2),
            });
        }
        runs.leak()
    }

    /// How long each gap and the span after it are, in sevens of bits: the eighth says that more follow.
    #[inline(never)]
    fn spans(&mut self) -> &'static [Span] {
        let mut spans = Vec::new();
        let mut end = 0;
        for _ in 0..self.word() {
            let first = end + self.length();
            end = first + self.length();
            spans.push(Span { first, end });
        }
        spans.leak()
    }

    #[inline(never)]
    fn length(&mut self) -> u32 {
        let mut length = 0;
        loop {
            let byte = self.byte();
            length = length << 7 | u32::from(byte % 128);
            if byte < 128 {
                return length;
            }
        }
    }

    fn lists(&mut self) -> &'static [ListRow] {
        let mut rows = Vec::new();
        for _ in 0..self.byte() {
            let count = self.byte();
            rows.push(ListRow {
                name: self.text(),
                values: self.texts(count),
            });
        }
        rows.leak()
    }

    /// Without their rules, which say it.
    fn questions(&mut self) -> Vec<QuestionRow> {
        let columns = self.columns(7);
        let mut places = [0_u8; Group::ALL.len() + 1];
        let mut rows = Vec::new();
        for row in 0..columns.rows {
            let group = columns.at(2, row);
            let place = places.get_mut(usize::from(group)).map_or(0, |next| {
                *next += 1;
                *next - 1
            });
            rows.push(QuestionRow::NONE);
            let Some(question) = rows.last_mut() else { break };
            question.name = self.text();
            question.kind = one_of(Kind::ALL, columns.at(0, row)).unwrap_or(Kind::Text);
            question.format = some_of(Format::ALL, columns.at(1, row));
            question.group = some_of(Group::ALL, group);
            question.place = place;
            question.max = u16::from_le_bytes([columns.at(3, row), columns.at(4, row)]);
            question.options = self.texts(columns.at(5, row));
            if columns.at(6, row) != 0 {
                question.name_in_messages = Some(self.words());
            }
        }
        rows
    }

    fn sections(&mut self) -> &'static [SectionRow] {
        let mut rows = Vec::new();
        for _ in 0..self.byte() {
            let (id, title) = (self.text(), self.words());
            let mut questions = Vec::new();
            for _ in 0..self.byte() {
                let needs = self.byte();
                // Nearly always the next one.
                self.question = if needs < 6 {
                    self.question.wrapping_add(1)
                } else {
                    self.byte()
                };
                let applies = (needs % 6 >= 3).then(|| self.one_condition());
                questions.push(Placement {
                    question: Question(self.question),
                    label: self.words(),
                    required: match needs % 3 {
                        0 => Required::Always,
                        1 => Required::No,
                        _ => Required::When(self.one_condition()),
                    },
                    applies,
                });
            }
            rows.push(SectionRow {
                id,
                title,
                questions: questions.leak(),
            });
        }
        rows.leak()
    }

    fn forms(&mut self, sections: &'static [SectionRow]) -> &'static [FormRow] {
        let mut rows = Vec::new();
        for _ in 0..self.byte() {
            let mut own = Vec::new();
            for _ in 0..self.byte() {
                if let Some(section) = sections.get(usize::from(self.byte())) {
                    own.push(section);
                }
            }
            rows.push(FormRow {
                id: self.text().as_str(),
                sections: own.leak(),
            });
        }
        rows.leak()
    }

    fn rules(&mut self) -> &'static [RuleRow] {
        let columns = self.columns(8);
        self.question = 0;
        let mut area = Text::NONE;
        let mut number = 0;
        let mut rows = Vec::new();
        for row in 0..columns.rows {
            let marks = columns.at(0, row);
            if marks & 16 != 0 {
                area = self.text();
                number = 0;
            }
            number = columns.at(1, row).wrapping_add(number);
            rows.push(RuleRow::NONE);
            let Some(rule) = rows.last_mut() else { break };
            rule.id = id(area.as_str(), number);
            rule.forms = columns.at(2, row);
            self.near(columns.at(4, row), &mut rule.questions);
            rule.severity = one_of(SEVERITIES, marks % 4).unwrap_or(Severity::Note);
            rule.retired = marks & 4 != 0;
            rule.review = marks & 8 != 0;
            rule.trigger = match columns.at(3, row) {
                0 => Trigger::Blank,
                1 => Trigger::BlankOrUnreadable,
                2 => Trigger::NotYes,
                3 => Trigger::Unreadable,
                4 => Trigger::NotInItsFormat,
                5 => Trigger::NotARealDate,
                6 => Trigger::If(self.one_condition()),
                room => one_of(Room::ALL, room - 7).map_or(Trigger::Blank, Trigger::InCode),
            };
            self.near(columns.at(5, row), &mut rule.reads);
            rule.skipped_if = self.skips(columns.at(6, row));
            rule.messages = self.messages(columns.at(7, row), marks & 32 != 0);
        }
        rows.leak()
    }

    fn skips(&mut self, count: u8) -> Run<Skip> {
        let mut skips = Vec::new();
        for _ in 0..count {
            skips.push(match self.word() {
                0xFFFE => Skip::AnyOdsError,
                0xFFFF => Skip::EveryOtherError,
                rule => Skip::Rule(RuleId(rule)),
            });
        }
        Run(skips.leak())
    }

    /// So many, and 16 for each that is for DSPT code boxes; those are the last.
    fn messages(&mut self, counts: u8, found: bool) -> Run<MessageRow> {
        let (all, boxes) = (counts % 16, counts / 16);
        let mut messages = Vec::new();
        for left in (0..all).rev() {
            messages.push(MessageRow {
                dspt_box: left < boxes,
                found: if found { self.text() } else { Text::NONE },
                words: self.words(),
            });
        }
        Run(messages.leak())
    }
}

/// `ORG` and 2 as `ORG-002`.
fn id(area: &str, number: u8) -> Text {
    let mut id = String::from(area);
    id.push('-');
    id.push(char::from(b'0' + number / 100));
    id.push(char::from(b'0' + number / 10 % 10));
    id.push(char::from(b'0' + number % 10));
    Text(id.leak())
}

/// One of these, by its place.
fn one_of<T: Copy>(all: &[T], place: u8) -> Option<T> {
    all.get(usize::from(place)).copied()
}

/// One of these, by its place from 1; 0 is none.
fn some_of<T: Copy>(all: &[T], place: u8) -> Option<T> {
    one_of(all, place.checked_sub(1)?)
}
