//! What is told, in which order? Validator's errors become findings in question order, then sections and progress.

use serde::Serialize;
use serde_json::Value as Json;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::checking::{At, Checking};
use super::rules::{DATE_PARTS, Only, SUGGESTION};
use super::submission::Submission;
use crate::answers::Answers;
use crate::any_question;
use crate::context::{Context, OwnMessage};
use crate::dspt;
use crate::fault::Fault;
use crate::finding::{DatePart, Finding, Param, Params, Severity};
use crate::host;
use crate::message::{filled, message};
use crate::tables::{FORMS, FormRow, GROUPS, Kind, RuleId};

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

    /// The id that reports and pages name it by.
    pub fn id(self) -> &'static str {
        match self {
            Self::NcrsOnboarding => "ncrs-onboarding",
            Self::PdsAccess => "pds-access",
            Self::DsptDeclaration => "dspt-declaration",
            Self::OdsCode => "ods-code",
        }
    }

    fn row(self) -> Option<&'static FormRow> {
        FORMS.iter().find(|row| row.id == self.id())
    }
}

impl std::str::FromStr for Form {
    type Err = Fault;

    fn from_str(id: &str) -> Result<Self, Fault> {
        Self::ALL.into_iter().find(|form| form.id() == id).ok_or_else(|| {
            let ids: Vec<&str> = Self::ALL.iter().map(|form| form.id()).collect();
            Fault::new(format_args!("form: expected one of {}, found \"{id}\"", ids.join(", ")))
        })
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
    let Some(row) = form.row() else {
        return Err(Fault::new(format_args!("form: {} is in no table", form.id())));
    };
    context.changes.judge_for(row)?;
    judge_only(row, context)?;
    let plan = host::Plan::new(row, &context.fields)?;
    let mut host = host::Host::new(&plan);
    let submission = Submission::read(row, answers, &mut host);
    let checking = Checking::new(row, &submission, context, &host);
    let places = checking.places();
    let mut told = findings(&checking, &places, checking.validate());
    let sections = sections(&checking, &places, &told);
    let progress = Progress {
        needed: sections.iter().map(|section| section.needed).sum(),
        answered: sections.iter().map(|section| section.answered).sum(),
    };
    if let Some(only) = &context.only {
        told.retain(|(at, rule, _)| checking.is_told(*rule, *at, only));
    }
    let mut findings: Vec<Finding> = told.into_iter().map(|(_, _, finding)| finding).collect();
    findings.extend(host::findings(&checking));
    let has = |severity: Severity| findings.iter().any(|finding| finding.severity == severity);
    Ok(Report {
        form: form.id(),
        version: VERSION,
        today: context.today.to_string(),
        language: context.language.code(),
        outcome: if has(Severity::Stop) {
            Outcome::Stop
        } else if has(Severity::Error) {
            Outcome::Reject
        } else {
            Outcome::Accept
        },
        dspt: sections
            .iter()
            .any(|section| section.id == "dspt" && section.status != Status::NotNeeded)
            .then(|| Dspt {
                valid_until: dspt::rules::valid_until(&checking).map(|day| day.to_string()),
            }),
        findings,
        sections,
        progress,
        unknown: submission.unknown.clone(),
        profile: context.changes.id.clone(),
    })
}

fn judge_only(form: &'static FormRow, context: &Context) -> Result<(), Fault> {
    for question in context.only.iter().flat_map(Only::questions) {
        let asked = form
            .sections
            .iter()
            .any(|section| section.questions.iter().any(|placement| placement.question == question));
        if !asked && !context.fields.may_own(question) {
            return Err(Fault::new(format_args!(
                "options.only: expected questions of {}, found \"{}\"",
                form.id,
                question.row().name.as_str()
            )));
        }
    }
    Ok(())
}

/// The one place where validator's errors become findings: the offending value is dropped, and the order is the form's.
fn findings(checking: &Checking<'_>, places: &[At], checked: Result<(), ValidationErrors>) -> Vec<Told> {
    let Err(errors) = checked else { return Vec::new() };
    let mut findings = Vec::new();
    for at in places {
        let own = match (at.question.row().group, at.row) {
            (Some(group), Some(row)) => {
                let list = GROUPS.get(group as usize).map_or("", |group| group.name);
                match errors.errors().get(list) {
                    Some(ValidationErrorsKind::List(rows)) => rows
                        .get(&row)
                        .and_then(|row| row.errors().get(at.question.row().name.as_str())),
                    _ => None,
                }
            }
            _ => errors.errors().get(at.question.row().name.as_str()),
        };
        if let Some(ValidationErrorsKind::Field(errors)) = own {
            findings.extend(errors.iter().filter_map(|error| finding(checking, *at, error)));
        }
    }
    findings
}

/// A finding, where it is and what it is of.
type Told = (At, RuleId, Finding);

fn finding(checking: &Checking<'_>, at: At, error: &ValidationError) -> Option<Told> {
    let context = checking.context;
    let rules = at.question.row().rules.iter().chain(any_question::RULES);
    let rule = rules.copied().find(|rule| rule.row().id.as_str() == error.code)?;
    let mut params: Vec<(&'static str, Param)> = Vec::new();
    for name in PLACEHOLDERS {
        match error.params.get(*name) {
            Some(Json::String(text)) => params.push((name, Param::Text(text.clone()))),
            Some(Json::Number(number)) => {
                let number = number.as_u64().and_then(|number| u32::try_from(number).ok());
                params.push((name, Param::Number(number.unwrap_or_default())));
            }
            _ => {}
        }
    }
    let parts = match error.params.get(DATE_PARTS) {
        Some(Json::Array(names)) => Some(
            [DatePart::Day, DatePart::Month, DatePart::Year]
                .into_iter()
                .filter(|part| names.iter().any(|name| name == part.name()))
                .collect(),
        ),
        _ => None,
    };
    let suggestion = match error.params.get(SUGGESTION) {
        Some(Json::String(text)) if context.suggestions => Some(text.clone()),
        _ => None,
    };
    let words = match own_words(context, rule, |own| own.question == Some(at.question)) {
        Some(text) => filled(text, &params),
        None => message(
            rule,
            at.question.row().kind == Kind::DsptCode,
            &params,
            context.language,
        ),
    };
    let finding = Finding {
        rule: rule.row().id.as_str(),
        question: name(checking, at),
        severity: context.changes.severity(rule)?,
        message: words,
        params: Params(params),
        parts,
        review: rule.row().review,
        suggestion,
    };
    Some((at, rule, finding))
}

/// Every placeholder of a message, sorted: the params of a finding, and nothing else that validator keeps.
const PLACEHOLDERS: &[&str] = &[
    "Label",
    "accepted",
    "date",
    "edition",
    "example",
    "exclusive",
    "found",
    "kind",
    "label",
    "length",
    "max",
    "min",
    "months",
    "parts",
    "status",
    "version",
];

/// The host's own text: for the rule here, else for the rule.
pub(crate) fn own_words(context: &Context, rule: RuleId, is_here: impl Fn(&OwnMessage) -> bool) -> Option<&str> {
    let of_rule = || context.messages.iter().filter(|message| message.rule == rule);
    of_rule()
        .find(|message| is_here(message))
        .or_else(|| of_rule().find(|message| message.is_everywhere()))
        .map(|message| message.text.as_str())
}

/// `ra.users[2].uuid`.
fn name(checking: &Checking<'_>, at: At) -> String {
    let name = at.question.row().name.as_str();
    match (at.question.row().group, at.row, name.split_once("[]")) {
        (Some(group), Some(row), Some((list, rest))) => {
            let index = checking.row_index(group, row).to_string();
            [list, "[", &index, "]", rest].concat()
        }
        _ => name.to_owned(),
    }
}

/// Sections and progress, from all answers and all rules. Onboarding.md 6.
fn sections(checking: &Checking<'_>, places: &[At], findings: &[Told]) -> Vec<Section> {
    let mut findings = findings.iter().peekable();
    let mut places = places.iter().copied().peekable();
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
        while let Some(at) =
            places.next_if(|at| row.questions.iter().any(|placement| placement.question == at.question))
        {
            let (mut error, mut stop) = (false, false);
            while let Some((_, _, finding)) = findings.next_if(|(place, ..)| *place == at) {
                error |= finding.severity == Severity::Error;
                stop |= finding.severity == Severity::Stop;
            }
            if !checking.is_open(at) {
                continue;
            }
            let blank = checking.value(at).is_blank();
            applies = true;
            begun |= !blank;
            problem |= stop || (error && !blank);
            if error || checking.is_required(at) {
                section.needed += 1;
                if blank {
                    section.missing.push(name(checking, at));
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
