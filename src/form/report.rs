//! What is told, in which order? What the rules say becomes findings in question order, then sections and progress.

use serde::Serialize;

use super::checking::{At, Checking};
use super::rules::{Candidate, Only, Said, date_parts};
use super::submission::Submission;
use crate::answers::{self, Answer, Answers};
use crate::context::{Context, one_of};
use crate::date::Date;
use crate::dspt;
use crate::fault::Fault;
use crate::finding::{Finding, Params, Severity};
use crate::host::{self, Host, Plan};
use crate::message::{filled, message};
use crate::tables::{FORMS, FormRow, Kind, RuleId};
use crate::text::{concat, cut, number};

/// A form that can be checked.
///
/// ```
/// use ncrs_form_check::Form;
///
/// assert_eq!("ods-code".parse::<Form>()?, Form::OdsCode);
/// assert_eq!(Form::NcrsOnboarding.id(), "ncrs-onboarding");
/// assert!("onboarding".parse::<Form>().is_err());
/// # Ok::<(), ncrs_form_check::Fault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The whole onboarding to the National Care Records Service.
    NcrsOnboarding,
    /// The PDS access form alone.
    PdsAccess,
    /// The stand-alone DSPT declaration.
    DsptDeclaration,
    /// One question: the ODS code.
    OdsCode,
}

impl Form {
    /// Every form, in the order of the tables.
    pub const ALL: [Self; 4] = [
        Self::NcrsOnboarding,
        Self::PdsAccess,
        Self::DsptDeclaration,
        Self::OdsCode,
    ];

    /// In the order of [`Form::ALL`].
    const IDS: [&str; 4] = ["ncrs-onboarding", "pds-access", "dspt-declaration", "ods-code"];

    /// The id that reports and pages name it by.
    pub fn id(self) -> &'static str {
        Self::IDS.get(self as usize).copied().unwrap_or_default()
    }

    pub(super) fn row(self) -> Result<&'static FormRow, Fault> {
        FORMS
            .get(self as usize)
            .ok_or_else(|| Fault::new(&["form: ", self.id(), " is in no table"]))
    }
}

impl std::str::FromStr for Form {
    type Err = Fault;

    fn from_str(id: &str) -> Result<Self, Fault> {
        let known = Self::ALL.into_iter().find(|form| form.id() == id);
        known.ok_or_else(|| Fault::expected("form", &one_of(&Self::IDS), id))
    }
}

/// What becomes of a form that is sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No error and no stop.
    Accept,
    /// At least one error.
    Reject,
    /// At least one stop: the wrong route, or not eligible.
    Stop,
}

/// How far a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is answered yet.
    NotStarted,
    /// Something is missing.
    InProgress,
    /// A stop, or an error on something that was answered.
    Problem,
    /// Everything that is needed is there.
    Completed,
    /// No question of the section applies.
    NotNeeded,
}

/// One section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The id, like `organisation`.
    pub id: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// How far it is.
    pub status: Status,
    /// Questions that are required now, or have an error.
    pub needed: u32,
    /// Those of them that are answered without an error.
    pub answered: u32,
    /// The needed questions that are blank, in question order.
    pub missing: Vec<String>,
}

/// The sum over all sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Questions that are required now, or have an error.
    pub needed: u32,
    /// Those of them that are answered without an error.
    pub answered: u32,
}

/// What follows from the DSPT answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dspt {
    /// The last day, `YYYY-MM-DD`, on which the declared assessment is in force.
    pub valid_until: Option<String>,
}

/// All that a check says.
///
/// Guaranteed: the same answers on the same day give the same report, in whatever order they come; findings are in question
/// order, then rule order; nothing in it is what a person typed, except `unknown`, which holds names, and a
/// finding's suggestion, which is there only when it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The id of the form.
    pub form: &'static str,
    /// The version of this component.
    pub version: &'static str,
    /// The day the check stood on.
    pub today: String,
    /// `en` or `cy`.
    pub language: &'static str,
    /// What becomes of the form.
    pub outcome: Outcome,
    /// In question order, then rule order.
    pub findings: Vec<Finding>,
    /// In form order.
    pub sections: Vec<Section>,
    /// The sum over all sections.
    pub progress: Progress,
    /// When the form has a DSPT section that applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dspt: Option<Dspt>,
    /// Names that are no question of the form, in code point order.
    pub unknown: Vec<String>,
    /// The id of the profile, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// The version of this component.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Judges a form.
///
/// ```
/// use ncrs_form_check::answers::Answers;
/// use ncrs_form_check::{Context, Form, Outcome, check};
///
/// let context = Context::new("2026-11-22".parse()?);
/// let report = check(Form::OdsCode, &Answers::from_pairs([("organisation.ods_code", "A81001")]), &context)?;
/// assert_eq!(report.outcome, Outcome::Accept);
///
/// let report = check(Form::OdsCode, &Answers::default(), &context)?;
/// assert_eq!(report.findings[0].rule, "ORG-002");
/// assert_eq!(report.findings[0].message, "Enter your ODS code");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A [`Fault`] when the context names what this form does not have: a question in `only`, or a rule that a profile sets
/// although it drops what the rule needs. Nothing a person can type makes a fault.
pub fn check(form: Form, answers: &Answers, context: &Context) -> Result<Report, Fault> {
    judged(form, &answers.read(), answers.is_nested(), context)
}

/// [`check`] of answers that somebody else holds.
pub(crate) fn judged(form: Form, answers: &[Answer<'_>], nested: bool, context: &Context) -> Result<Report, Fault> {
    if nested && !answers::OBJECTS_ARE_READ {
        return Err(Fault::new(&[
            "answers: expected pairs, as the feature objects is off, found an object",
        ]));
    }
    let row = form.row()?;
    let plan = planned(row, context)?;
    let mut host = Host::new(&plan);
    let submission = Submission::read(row, answers, nested, &mut host);
    let checking = Checking::new(row, &submission, context, &host);
    let places = checking.places();
    let said = checking.said(&places);
    let sections = sections(&checking, &places, &said);
    let mut progress = Progress { needed: 0, answered: 0 };
    let mut dspt = None;
    for section in &sections {
        progress.needed += section.needed;
        progress.answered += section.answered;
        if section.id == "dspt" && section.status != Status::NotNeeded {
            dspt = Some(Dspt {
                valid_until: dspt::rules::valid_until(&checking).map(Date::written),
            });
        }
    }
    let mut findings = Vec::new();
    for said in said {
        let only = context.only.as_ref();
        if said.fires() && only.is_none_or(|only| checking.is_told(said.rule, said.at, only)) {
            findings.push(finding(&checking, said));
        }
    }
    host::findings(&checking, &mut findings);
    let mut outcome = Outcome::Accept;
    for finding in &findings {
        match finding.severity {
            Severity::Stop => outcome = Outcome::Stop,
            Severity::Error if outcome == Outcome::Accept => outcome = Outcome::Reject,
            _ => {}
        }
    }
    Ok(Report {
        form: form.id(),
        version: VERSION,
        today: context.today.written(),
        language: context.language.code(),
        outcome,
        findings,
        sections,
        progress,
        dspt,
        unknown: submission.unknown,
        profile: context.changes.id().map(str::to_owned),
    })
}

/// The fields of the host in this form, unless the context names what the form does not have.
pub(super) fn planned<'a>(form: &'static FormRow, context: &'a Context) -> Result<Plan<'a>, Fault> {
    context.changes.judge_for(form)?;
    judge_only(form, context)?;
    Plan::new(form, &context.fields)
}

fn judge_only(form: &'static FormRow, context: &Context) -> Result<(), Fault> {
    for question in context.only.iter().flat_map(Only::questions) {
        if !form.has(question) && !context.fields.may_own(question) {
            let wanted = concat(&["questions of ", form.id]);
            return Err(Fault::expected("options.only", &wanted, question.row().name.as_str()));
        }
    }
    Ok(())
}

pub(super) fn finding(checking: &Checking<'_>, said: Candidate) -> Finding {
    let (at, row) = (said.at, said.at.question().row());
    let names = [row.name.as_str()];
    let mut finding = told(checking.context, said.rule, said.severity, row.kind, &names, said.said);
    finding.question = name(checking, at);
    if row.kind == Kind::Date {
        finding.parts = Some(date_parts(checking.value(at)));
    }
    if checking.context.suggestions {
        finding.suggestion = said.suggestion;
    }
    finding
}

/// What a rule says, before it is known where. A field of the host's own has a name at its row, and one for all.
#[inline(never)]
pub(crate) fn told(
    context: &Context,
    rule: RuleId,
    severity: Severity,
    kind: Kind,
    names: &[&str],
    said: Said,
) -> Finding {
    let row = rule.row();
    Finding {
        rule: row.id.as_str(),
        question: String::new(),
        severity,
        message: match own_words(context, row.id.as_str(), names) {
            Some(text) => filled(text, &said),
            None => message(rule, kind == Kind::DsptCode, &said, context.language),
        },
        params: Params(said),
        parts: None,
        review: row.review,
        suggestion: None,
    }
}

/// The host's own text: for the rule here, else for the rule.
fn own_words<'a>(context: &'a Context, id: &str, names: &[&str]) -> Option<&'a str> {
    let messages = context.messages()?;
    for name in names {
        let own = messages.get(&concat(&[id, "@", name]));
        if own.is_some() {
            return own;
        }
    }
    messages.get(id)
}

/// `ra.users[2].uuid`.
fn name(checking: &Checking<'_>, at: At) -> String {
    let name = at.question().row().name.as_str();
    match (at.question().row().group, at.row(), cut(name, b'[')) {
        (Some(group), Some(row), Some((list, rest))) => {
            let index = number(usize::from(checking.row_index(group, row)));
            concat(&[list, "[", &index, rest])
        }
        _ => name.to_owned(),
    }
}

/// Sections and progress, from all answers and all rules. Onboarding.md 6.
fn sections(checking: &Checking<'_>, places: &[At], said: &[Candidate]) -> Vec<Section> {
    let (mut places, mut said) = (places, said);
    let mut sections = Vec::with_capacity(checking.form.sections.len());
    for row in checking.form.sections {
        let mut section = Section {
            id: row.id.as_str(),
            title: checking.context.language.of(row.title),
            status: Status::NotNeeded,
            needed: 0,
            answered: 0,
            missing: Vec::new(),
        };
        let (mut applies, mut begun, mut problem) = (false, false, false);
        while let Some((at, after)) = places.split_first()
            && row
                .questions
                .iter()
                .any(|placement| placement.question == at.question())
        {
            places = after;
            let (mut error, mut stop) = (false, false);
            while let Some((candidate, after)) = said.split_first()
                && candidate.at == *at
            {
                said = after;
                error |= candidate.fires() && candidate.severity == Severity::Error;
                stop |= candidate.fires() && candidate.severity == Severity::Stop;
            }
            if !checking.is_open(*at) {
                continue;
            }
            let blank = checking.value(*at).is_blank();
            applies = true;
            begun |= !blank;
            problem |= stop || (error && !blank);
            if error || checking.is_required(*at) {
                section.needed += 1;
                if blank {
                    section.missing.push(name(checking, *at));
                } else if !error {
                    section.answered += 1;
                }
            }
        }
        section.status = if !applies {
            Status::NotNeeded
        } else if problem {
            Status::Problem
        } else if section.answered == section.needed {
            Status::Completed
        } else if !begun {
            Status::NotStarted
        } else {
            Status::InProgress
        };
        sections.push(section);
    }
    sections
}
