//! What do the rows of the tables hold? The build script wrote them, and `tables/rows.rs` makes them when the first is asked for.
//!
//! What a row means is said in the TOML files of `src/tables/` and in the files that read them.

mod ods;
mod rows;

use std::marker::PhantomData;

use crate::date::Date;
use crate::dspt::policy::Policy;
use crate::finding::Severity;

use rows::rows;

pub(crate) use ods::{FamilyId, FamilyRow, KindRow, OwnerRow, TwinRow};

/// One table: what it is, where it comes from, and the day (`YYYY-MM-DD`) a person last compared the two.
#[derive(Debug)]
pub(crate) struct TableRow {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) source: &'static str,
    pub(crate) checked: &'static str,
}

/// A text of the tables. None is empty, because no text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text(&'static str);

impl Text {
    /// No text, where there may be one.
    pub(crate) const NONE: Self = Self("");

    /// The text itself.
    pub(crate) fn as_str(self) -> &'static str {
        self.0
    }

    /// True when this is the text.
    pub(crate) fn is(self, text: &str) -> bool {
        self.0 == text
    }

    /// The text, unless it is none.
    pub(crate) fn some(self) -> Option<&'static str> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.as_str())
    }
}

/// Rows of which there is one table.
pub(crate) trait Row: Sized + 'static {
    /// All of them.
    fn all() -> &'static [Self];
}

/// Every row of a type: a slice by its type.
#[derive(Clone, Copy)]
pub(crate) struct Rows<T>(PhantomData<T>);

impl<T: Row> std::ops::Deref for Rows<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &'static [T] {
        T::all()
    }
}

impl<T: Row> IntoIterator for Rows<T> {
    type Item = &'static T;
    type IntoIter = std::slice::Iter<'static, T>;

    fn into_iter(self) -> Self::IntoIter {
        T::all().iter()
    }
}

macro_rules! tables {
    ($($name:ident: $row:ident = $place:ident;)*) => {$(
        pub(crate) const $name: Rows<$row> = Rows(PhantomData);

        impl Row for $row {
            #[inline(always)]
            fn all() -> &'static [Self] {
                rows().$place
            }
        }
    )*};
}

tables! {
    LOWER_CASE: LowerCase = lower_case;
    FORMS: FormRow = forms;
    QUESTIONS: QuestionRow = questions;
    LISTS: ListRow = lists;
    RULES: RuleRow = rules;
}

/// Some items of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<T: 'static>(&'static [T]);

impl<T> std::ops::Deref for Run<T> {
    type Target = [T];

    fn deref(&self) -> &'static [T] {
        self.0
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

/// Capitals that follow each other at a step, each as far from its small letter.
#[derive(Debug)]
pub(crate) struct LowerCase {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) step: u8,
    /// What is added to the lower 16 bits of a capital. Both letters have the same higher ones.
    pub(crate) off: u16,
}

/// Characters that follow each other: the first, and what comes after the last.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) first: u32,
    pub(crate) end: u32,
}

/// Every letter beyond ASCII.
pub(crate) fn letters() -> &'static [Span] {
    rows().letters
}

/// Every number beyond ASCII.
pub(crate) fn numbers() -> &'static [Span] {
    rows().numbers
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

impl FormRow {
    /// The section in which the form asks a question.
    #[inline(never)]
    pub(crate) fn section_of(&self, question: Question) -> Option<&'static SectionRow> {
        for section in self.sections {
            for placement in section.questions {
                if placement.question == question {
                    return Some(section);
                }
            }
        }
        None
    }

    /// True when the form has the question.
    pub(crate) fn has(&self, question: Question) -> bool {
        self.section_of(question).is_some()
    }
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
        // The build script made every number from its row, so the way out is never taken.
        QUESTIONS.get(usize::from(self.0)).unwrap_or(&QuestionRow::NONE)
    }

    /// The question of that name, rows written as `[]`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        rows().question(name)
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

impl QuestionRow {
    const NONE: Self = Self {
        name: Text::NONE,
        kind: Kind::Text,
        format: None,
        group: None,
        place: 0,
        max: 0,
        options: Run(&[]),
        name_in_messages: None,
        rules: Run(&[]),
    };
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

/// When something is so. Judged in `form/checking.rs`; options by their number, yes is 1 and no is 0.
#[derive(Debug)]
pub(crate) enum Condition {
    All(&'static [Condition]),
    Any(&'static [Condition]),
    Not(&'static Condition),
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
        // The build script made every id from its row, so the way out is never taken.
        RULES.get(usize::from(self.0)).unwrap_or(&RuleRow::NONE)
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

impl RuleRow {
    const NONE: Self = Self {
        id: Text::NONE,
        forms: 0,
        questions: Run(&[]),
        severity: Severity::Note,
        retired: true,
        review: false,
        trigger: Trigger::Blank,
        reads: Run(&[]),
        skipped_if: Run(&[]),
        messages: Run(&[]),
    };
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
    pub(crate) accepted_texts: Pieces,
    pub(crate) versions: (u8, u8),
}

/// What one service accepts.
#[derive(Debug)]
pub(crate) struct PolicyRow {
    pub(crate) policy: &'static str,
    pub(crate) takes: Policy,
}

/// The usual DSPT categories of a sector, a bit for each; none set, nothing is unusual.
#[derive(Debug)]
pub(crate) struct SectorRow {
    /// Its number among the options of `dspt.sector`.
    pub(crate) option: u8,
    pub(crate) accepted_texts: Pieces,
    pub(crate) versions_1_to_6: u8,
    pub(crate) versions_7_on: u8,
}

/// Texts with a `|` between each two.
pub(crate) type Pieces = &'static str;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
