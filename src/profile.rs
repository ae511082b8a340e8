//! How does this service's form differ from ours? A host drops, adds, requires and rewords without Rust.

use serde::Deserialize;

use crate::context::question_named;
use crate::entries::Entries;
use crate::fault::Fault;
use crate::finding::Severity;
use crate::form::value::option_text;
use crate::host;
use crate::setting::{Setting, flag};
use crate::tables::{FORMS, FormRow, Kind, Question, RuleId};
use crate::text::{cut, joined, without_space_around};

/// The differences, as the host writes them. NHS England's own form may ask more, less or otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Repeated in the report.
    pub id: Option<String>,
    /// Questions or sections that this form does not have: they count as never asked.
    pub drop: Vec<String>,
    /// Questions that this form does or does not insist on.
    pub required: Entries<bool>,
    /// Options that this form has beyond ours, or does not have.
    pub options: Entries<OptionChanges>,
    /// Words for questions in messages.
    pub labels: Entries<String>,
    /// `off`, `warning` or `error` by rule. A stop stays a stop or is off.
    pub rules: Entries<String>,
}

/// Options that are added to a question or taken from it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptionChanges {
    /// Options that we do not have.
    pub add: Vec<AddedOption>,
    /// Values of ours that this form does not offer.
    pub drop: Vec<String>,
}

/// An option that we do not have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedOption {
    /// The value that is posted.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// The built-in option whose rules apply; without it no condition is met.
    #[serde(default)]
    pub counts_as: Option<String>,
}

impl Profile {
    /// The same as settings.
    pub(crate) fn settings(&self) -> Setting {
        let mut profile = Setting::new("profile", "");
        profile.put("id", self.id.as_deref());
        profile.put_list("drop", Some(&self.drop));
        let required = self.required.iter();
        profile.put_all(
            "required",
            required.map(|(name, required)| Setting::new(name, flag(*required))),
        );
        let options = self.options.iter().map(|(name, options)| options.settings(name));
        profile.put_all("options", options);
        profile.put_texts("labels", &self.labels);
        profile.put_texts("rules", &self.rules);
        profile
    }
}

impl OptionChanges {
    fn settings(&self, question: &str) -> Setting {
        let mut options = Setting::new(question, "");
        let add = self.add.iter().map(|option| {
            let mut added = Setting::default();
            added.put("value", Some(&option.value));
            added.put("counts_as", option.counts_as.as_deref());
            added
        });
        options.put_all("add", add);
        options.put_list("drop", Some(&self.drop));
        options
    }
}

/// The differences, when they were understood: the names in them are those of questions, sections and rules. Under `add` stands
/// each value as answers are compared with it, and the built-in option that it counts as or nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes(Setting);

impl Changes {
    #[inline(never)]
    pub(crate) fn read(&mut self, said: &mut Setting) -> Result<(), Fault> {
        for dropped in said.list("drop") {
            let name = dropped.text.as_str();
            if is_section(name) {
                continue;
            }
            if let Err(fault) = whole_question("options.profile.drop", name) {
                if cut(name, b'.').is_some() {
                    return Err(fault);
                }
                let wanted = "the name of a section or a question";
                return Err(Fault::expected("options.profile.drop", wanted, name));
            }
        }
        for required in said.list("required") {
            whole_question("options.profile.required", &required.name)?;
        }
        for label in said.list("labels") {
            if without_space_around(&label.text).is_empty() {
                let sentence = "options.profile.labels[\"%\"]: expected words, found none";
                return Err(Fault::of(sentence, &[&label.name]));
            }
            whole_question("options.profile.labels", &label.name)?;
        }
        if let Some(options) = said.at_mut("options") {
            for of_question in &mut options.below {
                read_options(of_question)?;
            }
        }
        for rule in said.list("rules") {
            judge_rule(&rule.name, &rule.text)?;
        }
        self.0 = std::mem::take(said);
        Ok(())
    }

    /// What stands in a part of the profile.
    fn part(&self, name: &str) -> &[Setting] {
        if host::IS_READ { self.0.list(name) } else { &[] }
    }

    /// The id of the profile.
    pub(crate) fn id(&self) -> Option<&str> {
        if host::IS_READ { self.0.get("id") } else { None }
    }

    /// True when the profile takes the question out of this section.
    pub(crate) fn drops(&self, section: &str, question: Question) -> bool {
        for dropped in self.part("drop") {
            if dropped.text == section || question.row().name.is(&dropped.text) {
                return true;
            }
        }
        false
    }

    /// What the profile says of a question being required.
    pub(crate) fn requires(&self, question: Question) -> Option<bool> {
        of(self.part("required"), question).map(|required| required == "1")
    }

    pub(crate) fn label(&self, question: Question) -> Option<&str> {
        of(self.part("labels"), question)
    }

    /// The severity of a rule here; `None` when the host has switched it off.
    pub(crate) fn severity(&self, rule: RuleId) -> Option<Severity> {
        let row = rule.row();
        for set in self.part("rules") {
            if row.id.is(&set.name) {
                return match set.text.as_str() {
                    "off" => None,
                    "warning" => Some(Severity::Warning),
                    _ => Some(Severity::Error),
                };
            }
        }
        Some(row.severity)
    }

    /// The number of a built-in option that a value of this host counts as: `Some(None)` for an added option that counts
    /// as none of ours.
    pub(crate) fn added_option(&self, question: Question, value: &str) -> Option<Option<u8>> {
        let row = question.row();
        for options in self.part("options") {
            if row.name.is(&options.name)
                && let Some(counts_as) = options.at("add").and_then(|added| added.get(value))
            {
                return Some(row.options.place(counts_as));
            }
        }
        None
    }

    /// True when this form does not offer the built-in option.
    pub(crate) fn drops_option(&self, question: Question, option: u8) -> bool {
        let row = question.row();
        for options in self.part("options") {
            if row.name.is(&options.name) {
                for dropped in options.list("drop") {
                    if row.options.place(&dropped.text) == Some(option) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// It is a fault to set a rule that cannot run because of `drop`. Onboarding.md 5.
    #[inline(never)]
    pub(crate) fn judge_for(&self, form: &'static FormRow) -> Result<(), Fault> {
        for set in self.part("rules") {
            let Some(rule) = RuleId::named(&set.name) else { continue };
            let row = rule.row();
            let (mut asked, mut left) = (false, false);
            for question in row.questions.iter() {
                if let Some(section) = form.section_of(*question) {
                    asked = true;
                    left |= !self.drops(section.id.as_str(), *question);
                }
            }
            if !asked {
                continue;
            }
            if !left {
                return Err(cannot_run(&set.name, "options.profile.drop takes its question away"));
            }
            for question in row.reads.iter() {
                if form
                    .section_of(*question)
                    .is_some_and(|section| self.drops(section.id.as_str(), *question))
                {
                    let sentence = "options.profile.rules: % can no longer run, because options.profile.drop takes % away, \
                        which it reads";
                    return Err(Fault::of(sentence, &[&set.name, question.row().name.as_str()]));
                }
            }
        }
        Ok(())
    }
}

/// The text that stands under the name of a question.
fn of(settings: &[Setting], question: Question) -> Option<&str> {
    let name = question.row().name;
    for setting in settings {
        if name.is(&setting.name) {
            return Some(&setting.text);
        }
    }
    None
}

/// Judges what changes in the options of a question, and writes the added ones as answers are compared with them.
#[inline(never)]
fn read_options(options: &mut Setting) -> Result<(), Fault> {
    let place = "options.profile.options";
    let name = options.name.as_str();
    let row = whole_question(place, name)?.row();
    if !matches!(
        row.kind,
        Kind::Choice | Kind::OpenChoice | Kind::Choices | Kind::DsptStatus
    ) {
        return Err(Fault::expected(place, "a question with options", name));
    }
    let judge = |value: &str| {
        if row.options.place(value).is_some() {
            return Ok(());
        }
        Err(Fault::of(
            "options.profile.options[\"%\"]: expected one of %, found \"%\"",
            &[name, &joined(&row.options.texts(), ", "), value],
        ))
    };
    let mut added = Setting::new("add", "");
    for option in options.list("add") {
        let said = option.get("value").unwrap_or_default();
        let value = option_text(said);
        if value.is_empty() {
            let sentence = "options.profile.options[\"%\"].add: expected a value, found none";
            return Err(Fault::of(sentence, &[name]));
        }
        if row.options.place(&value).is_some() || added.at(&value).is_some() {
            let sentence =
                "options.profile.options[\"%\"].add: expected a new option, found \"%\", which is there already";
            return Err(Fault::of(sentence, &[name, said]));
        }
        let counts_as = option.get("counts_as");
        if let Some(counts_as) = counts_as {
            judge(counts_as)?;
        }
        added.put(&value, Some(counts_as.unwrap_or_default()));
    }
    for dropped in options.list("drop") {
        judge(&dropped.text)?;
    }
    if let Some(add) = options.at_mut("add") {
        *add = added;
    }
    Ok(())
}

fn is_section(name: &str) -> bool {
    for form in FORMS {
        for section in form.sections {
            if section.id.is(name) {
                return true;
            }
        }
    }
    false
}

fn cannot_run(id: &str, reason: &str) -> Fault {
    Fault::of("options.profile.rules: % can no longer run, because %", &[id, reason])
}

#[inline(never)]
fn judge_rule(id: &str, setting: &str) -> Result<(), Fault> {
    let Some(rule) = RuleId::named(id) else {
        return Err(Fault::expected("options.profile.rules", "the id of a rule", id));
    };
    if rule.row().retired {
        return Err(cannot_run(id, "it was retired"));
    }
    match setting {
        "off" => return Ok(()),
        "warning" | "error" => {}
        other => {
            let sentence = "options.profile.rules[\"%\"]: expected off, warning or error, found \"%\"";
            return Err(Fault::of(sentence, &[id, other]));
        }
    }
    if rule.row().severity == Severity::Stop {
        let sentence = "options.profile.rules[\"%\"]: a stop stays a stop or is off";
        return Err(Fault::of(sentence, &[id]));
    }
    Ok(())
}

/// A question by its name, never one row of it.
pub(crate) fn whole_question(place: &str, name: &str) -> Result<Question, Fault> {
    match question_named(place, name)? {
        (question, None) => Ok(question),
        _ => {
            let wanted = "a question for all rows, like ra.users[].name";
            Err(Fault::expected(place, wanted, name))
        }
    }
}
