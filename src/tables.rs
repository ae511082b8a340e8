//! The tables as the build script wrote them: plain rows, nothing is parsed here.
//!
//! What a row means is said in the TOML files of `src/tables/` and in the files that read them.

mod ods;

use std::marker::PhantomData;

use crate::date::Date;
use crate::finding::Severity;

pub(crate) use ods::{FamilyId, FamilyRow, KindRow, OwnerRow, TwinRow, UsualLength};

/// One table: what it is, where it comes from, and the day (`YYYY-MM-DD`) a person last compared the two.
#[derive(Debug)]
pub(crate) struct TableRow {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) source: &'static str,
    pub(crate) checked: &'static str,
}

/// A text of the tables, by its number: two bytes in a row, where a `&str` is eight.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text(u16);

impl Text {
    /// No text, where there may be one.
    pub(crate) const NONE: Self = Self(u16::MAX);

    /// The text itself.
    pub(crate) fn as_str(self) -> &'static str {
        // Every eighth text has its start written down; the lengths of those between are added up.
        let first = self.0 / TEXTS_TO_A_START;
        let between = usize::from(first * TEXTS_TO_A_START)..usize::from(self.0);
        let (Some(start), Some(lengths), Some(length)) = (
            TEXT_STARTS.get(usize::from(first)),
            TEXT_LENGTHS.get(between),
            TEXT_LENGTHS.get(usize::from(self.0)),
        ) else {
            return "";
        };
        let mut start = usize::from(*start);
        for length in lengths {
            start += usize::from(*length);
        }
        TEXT.get(start..start + usize::from(*length)).unwrap_or_default()
    }

    /// True when this is the text. Most are of another length, which is known sooner than where they stand.
    pub(crate) fn is(self, text: &str) -> bool {
        TEXT_LENGTHS
            .get(usize::from(self.0))
            .is_some_and(|length| usize::from(*length) == text.len())
            && self.as_str() == text
    }

    /// The text, unless it is none.
    pub(crate) fn some(self) -> Option<&'static str> {
        (self != Self::NONE).then(|| self.as_str())
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.as_str())
    }
}

/// Items of which runs are kept in one place for all rows.
pub(crate) trait Pooled: Sized + 'static {
    /// All runs, one after the other.
    fn pool() -> &'static [Self];
}

/// Some items that follow each other, by place and number: four bytes in a row, where a slice is eight.
#[derive(Debug)]
pub(crate) struct Run<T> {
    from: u16,
    count: u8,
    items: PhantomData<T>,
}

impl<T> Run<T> {
    const fn new(from: u16, count: u8) -> Self {
        Self {
            from,
            count,
            items: PhantomData,
        }
    }
}

impl<T: Pooled> std::ops::Deref for Run<T> {
    type Target = [T];

    fn deref(&self) -> &'static [T] {
        let from = usize::from(self.from);
        T::pool().get(from..from + usize::from(self.count)).unwrap_or_default()
    }
}

impl Run<Text> {
    /// The text at a place.
    pub(crate) fn text(&self, at: u8) -> Option<&'static str> {
        self.get(usize::from(at)).map(|text| text.as_str())
    }

    /// The place of a text.
    pub(crate) fn place(&self, text: &str) -> Option<u8> {
        let at = self.iter().position(|known| known.is(text))?;
        u8::try_from(at).ok()
    }

    /// Every text.
    pub(crate) fn texts(&self) -> Vec<&'static str> {
        self.iter().map(|text| text.as_str()).collect()
    }
}

/// Words in each language. There is Welsh where a qualified translator has supplied it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) en: Text,
    pub(crate) cy: Text,
}

/// A form: its sections in order.
#[derive(Debug)]
pub(crate) struct FormRow {
    pub(crate) id: &'static str,
    pub(crate) sections: &'static [&'static SectionRow],
}

/// A section as one or more forms have it.
#[derive(Debug)]
pub(crate) struct SectionRow {
    pub(crate) id: Text,
    pub(crate) title: Words,
    pub(crate) questions: &'static [Placement],
}

/// A question at its place in a section: what may differ from form to form.
#[derive(Debug)]
pub(crate) struct Placement {
    pub(crate) question: Question,
    pub(crate) label: Words,
    pub(crate) required: Required,
    pub(crate) applies: Option<&'static Condition>,
}

/// When a question must be answered, as long as it applies.
#[derive(Debug)]
pub(crate) enum Required {
    Always,
    No,
    When(&'static Condition),
}

/// The place of a question in [`QUESTIONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Question(pub(crate) u8);

impl Question {
    /// The row of this question.
    pub(crate) fn row(self) -> &'static QuestionRow {
        static NONE: QuestionRow = QuestionRow {
            name: Text::NONE,
            kind: Kind::Text,
            format: None,
            group: None,
            place: 0,
            max: 0,
            options: Run::new(0, 0),
            name_in_messages: None,
            rules: Run::new(0, 0),
        };
        // The build script made every number from its row, so the way out is never taken.
        QUESTIONS.get(usize::from(self.0)).unwrap_or(&NONE)
    }

    /// The question of that name, rows written as `[]`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        // As `slot` in `judge/questions.rs` reckons.
        let mut sum = 0_u32;
        for byte in name.bytes() {
            sum = sum.wrapping_mul(33) ^ u32::from(byte);
        }
        let mut at = usize::from((sum.wrapping_mul(0x9E37_79B1) >> 24).to_le_bytes()[0]);
        while let Some(number) = QUESTIONS_BY_NAME.get(at).filter(|number| **number != u8::MAX) {
            if Question(*number).row().name.is(name) {
                return Some(Question(*number));
            }
            at = (at + 1) % QUESTIONS_BY_NAME.len();
        }
        None
    }
}

/// What is the same wherever a question is asked. A `max` of 0 is none.
#[derive(Debug)]
pub(crate) struct QuestionRow {
    pub(crate) name: Text,
    pub(crate) kind: Kind,
    pub(crate) format: Option<Format>,
    pub(crate) group: Option<Group>,
    /// Its place among the questions of its row.
    pub(crate) place: u8,
    pub(crate) max: u16,
    pub(crate) options: Run<Text>,
    pub(crate) name_in_messages: Option<Words>,
    pub(crate) rules: Run<RuleId>,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    LongText,
    Email,
    Telephone,
    Postcode,
    IcoNumber,
    Identifier,
    WebAddress,
    WholeNumber,
    Version,
    Date,
    Choice,
    OpenChoice,
    Choices,
    YesNo,
    Confirm,
    TextList,
    OdsCode,
    DsptCode,
    DsptEdition,
    DsptStatus,
    DsptVersion,
}

/// A published or observed shape that a question names beyond what its kind implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    CqcId,
    CompanyNumber,
    CharityNumber,
    NicReference,
    CagReference,
    Uuid,
    RoleCode,
    ActivityCode,
}

/// A list of rows: the name before its `[]`, and how many questions each row has.
#[derive(Debug)]
pub(crate) struct GroupRow {
    pub(crate) name: &'static str,
    pub(crate) size: usize,
}

/// When something is so. Read by `condition.rs`; options by their number, yes is 1 and no is 0.
#[derive(Debug)]
pub(crate) enum Condition {
    All(&'static [Condition]),
    Any(&'static [Condition]),
    Not(&'static Condition),
    See(&'static Condition),
    Is(Question, u8),
    In(Question, &'static [u8]),
    InList(Question, List),
    Has(Question, u8),
    Answered(Question),
    Blank(Question),
    EndUser,
    DsptDated,
    DsptPlan,
    DsptAudit,
    DsptNoRoleNamed,
}

/// The values of a list that changes.
#[derive(Debug)]
pub(crate) struct ListRow {
    pub(crate) name: Text,
    pub(crate) values: Run<Text>,
}

/// The place of a rule in [`RULES`], which is also its place in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RuleId(pub(crate) u16);

impl RuleId {
    /// The row of this rule.
    pub(crate) fn row(self) -> &'static RuleRow {
        static NONE: RuleRow = RuleRow {
            id: Text::NONE,
            forms: 0,
            questions: Run::new(0, 0),
            severity: Severity::Note,
            retired: true,
            review: false,
            trigger: Trigger::Blank,
            reads: Run::new(0, 0),
            skipped_if: Run::new(0, 0),
            messages: Run::new(0, 0),
        };
        // The build script made every id from its row, so the way out is never taken.
        RULES.get(usize::from(self.0)).unwrap_or(&NONE)
    }

    /// The rule of that id, current or retired.
    pub(crate) fn named(id: &str) -> Option<Self> {
        let at = RULES.iter().position(|row| row.id.is(id))?;
        u16::try_from(at).ok().map(RuleId)
    }
}

/// A rule: a promise of what its id means.
#[derive(Debug)]
pub(crate) struct RuleRow {
    pub(crate) id: Text,
    /// One bit for each form, by its place in [`FORMS`].
    pub(crate) forms: u8,
    /// Empty for a rule of any question.
    pub(crate) questions: Run<Question>,
    pub(crate) severity: Severity,
    pub(crate) retired: bool,
    pub(crate) review: bool,
    pub(crate) trigger: Trigger,
    pub(crate) reads: Run<Question>,
    pub(crate) skipped_if: Run<Skip>,
    pub(crate) messages: Run<MessageRow>,
}

/// What a reader of the rules wants to know and no check does; in the order of [`RULES`].
#[derive(Debug)]
pub(crate) struct RuleFacts {
    pub(crate) basis: &'static str,
    pub(crate) source: &'static str,
    pub(crate) since: &'static str,
    pub(crate) until: Option<&'static str>,
}

/// What makes a rule fire.
#[derive(Debug)]
pub(crate) enum Trigger {
    /// Required and blank.
    Blank,
    /// Required and blank, or answered and not readable.
    BlankOrUnreadable,
    /// Required and anything but yes.
    NotYes,
    /// Answered and not readable.
    Unreadable,
    /// Answered and not in the format of its kind or row.
    NotInItsFormat,
    /// Answered and not a day of the calendar.
    NotARealDate,
    /// Answered, and this holds.
    If(&'static Condition),
    /// A rule room decides.
    InCode(Room),
}

/// What a rule leaves the word to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skip {
    Rule(RuleId),
    AnyOdsError,
    EveryOtherError,
}

/// One whole sentence of a rule. `dspt_box` is for DSPT code boxes, `found` for one value of the param of that name.
#[derive(Debug)]
pub(crate) struct MessageRow {
    pub(crate) dspt_box: bool,
    pub(crate) found: Text,
    pub(crate) words: Words,
}

/// An edition of the DSPT. All three days are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EditionRow {
    pub(crate) edition: &'static str,
    pub(crate) first_year: u16,
    pub(crate) version: u8,
    pub(crate) opens: Date,
    pub(crate) deadline: Date,
    pub(crate) in_force_until: Date,
    pub(crate) confirmed: &'static str,
}

/// A DSPT status: the texts that stand for it, and the first and last version that had it.
#[derive(Debug)]
pub(crate) struct StatusRow {
    pub(crate) key: &'static str,
    pub(crate) label: Words,
    pub(crate) accepted_texts: &'static [&'static str],
    pub(crate) versions: (u8, u8),
}

/// What one service accepts.
#[derive(Debug)]
pub(crate) struct PolicyRow {
    pub(crate) policy: &'static str,
    pub(crate) accepted: &'static [&'static str],
    pub(crate) review: &'static [&'static str],
    pub(crate) plan_details_needed: bool,
    pub(crate) previous_edition_max_age_months: Option<u8>,
}

/// The usual DSPT categories of a sector; none listed, nothing is unusual.
#[derive(Debug)]
pub(crate) struct SectorRow {
    pub(crate) value: &'static str,
    pub(crate) accepted_texts: &'static [&'static str],
    pub(crate) versions_1_to_6: &'static [u8],
    pub(crate) versions_7_on: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
