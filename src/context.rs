//! What does a check know besides the answers? Today, the policy, the language, and how this service differs from ours.

use serde::Deserialize;

use crate::date::Date;
use crate::dspt::calendar::{Calendar, EditionOption};
use crate::dspt::policy::{self, Policy};
use crate::entries::{Entries, HostRow, Row};
use crate::fault::Fault;
use crate::form::rules::Only;
use crate::form::submission::row_index;
use crate::form::value::option_text;
use crate::host::{Field, Fields};
use crate::message::{Language, placeholders};
use crate::profile::{Changes, Profile, whole_question};
use crate::sorted::Sorted;
use crate::tables::{LISTS, List, Question, RuleId};
use crate::text::{concat, cut, joined, trimmed};

/// What a host can say about a check, as one plain object. Everything but `today` may be left out.
///
/// Meanings are those of the `options` of the JavaScript function `check`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The day the check stands on, `YYYY-MM-DD`. There is no clock inside.
    pub today: String,
    /// The name of a DSPT policy; `ncrs_default` when left out.
    pub policy: Option<String>,
    /// `en` or `cy`.
    pub language: Option<String>,
    /// The questions this page has; every question when left out.
    pub asked: Option<Vec<String>>,
    /// Judge these questions only.
    pub only: Option<Vec<String>>,
    /// Rows that replace or extend the DSPT calendar.
    pub calendar: Option<Vec<Row>>,
    /// Rows that replace or extend the DSPT policies.
    pub policies: Option<Vec<Row>>,
    /// Rows that replace or extend the lists that change.
    pub lists: Option<Vec<Row>>,
    /// Texts by rule, or by `rule@question`.
    pub messages: Option<Entries<String>>,
    /// How this service's form differs from ours.
    pub profile: Option<Profile>,
    /// Fields of the host's own, and what the host adds to questions of ours.
    pub fields: Option<Entries<Field>>,
    /// Whether findings carry suggestions.
    pub suggestions: bool,
}

/// Everything a rule may know besides the answers. Made once, used for any number of checks.
///
/// Guaranteed: what the host said was understood; a later check cannot fail because of it, except where the form has no
/// such question or a rule was dropped from it.
///
/// ```
/// use ncrs_form_check::{Context, Options};
///
/// let context = Context::new("2026-11-22".parse()?);
/// let welsh = Options { today: "2026-11-22".to_owned(), language: Some("cy".to_owned()), ..Options::default() };
/// assert!(Context::from_options(&welsh).is_ok());
///
/// let tomorrow = Options { today: "tomorrow".to_owned(), ..Options::default() };
/// assert!(Context::from_options(&tomorrow).unwrap_err().to_string().contains("options.today"));
/// # let _ = context;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Context {
    pub(crate) today: Date,
    pub(crate) language: Language,
    pub(crate) policy: Policy,
    pub(crate) calendar: Calendar,
    pub(crate) lists: Lists,
    /// The questions of the page; all when `None`.
    pub(crate) asked: Option<Vec<Question>>,
    /// The questions to judge, with the index of one row where it is named.
    pub(crate) only: Option<Only>,
    /// Those of the host's own fields that are to be judged, when `only` is given.
    pub(crate) only_fields: Sorted,
    pub(crate) fields: Fields,
    pub(crate) changes: Changes,
    pub(crate) messages: Vec<OwnMessage>,
    pub(crate) suggestions: bool,
}

/// A text of the host for a rule, or for a rule at one question.
#[derive(Debug, Clone)]
pub(crate) struct OwnMessage {
    pub(crate) rule: RuleId,
    pub(crate) question: Option<Question>,
    /// The name of a field of the host's own, or of one row of it.
    pub(crate) field: Option<String>,
    pub(crate) text: String,
}

/// What a row of a list may say: the columns of the built-in rows, and that a value is taken out.
const LIST_COLUMNS: &[&str] = &["list", "value", "label", "basis", "source", "removed"];

/// The lists that change: `None` is as built in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists(Vec<Option<Vec<String>>>);

impl Lists {
    /// True when the list holds this value.
    pub(crate) fn holds(&self, list: List, value: &str) -> bool {
        let at = list as usize;
        match self.0.get(at) {
            Some(Some(values)) => values.iter().any(|known| known == value),
            _ => LISTS.get(at).is_some_and(|row| row.values.place(value).is_some()),
        }
    }

    /// Rows add or replace by list and value; `removed: "yes"` takes one out. api.md 3.
    #[inline(never)]
    fn with_rows(rows: &[Row]) -> Result<Self, Fault> {
        let mut lists = Self(Vec::new());
        for (at, row) in rows.iter().enumerate() {
            lists.change(&HostRow {
                option: "options.lists",
                at,
                row,
            })?;
        }
        Ok(lists)
    }

    fn change(&mut self, row: &HostRow<'_>) -> Result<(), Fault> {
        for (name, _) in row.row.iter() {
            if !LIST_COLUMNS.contains(&name) {
                let columns = concat(&["the columns ", &joined(LIST_COLUMNS, ", ")]);
                return Err(Fault::expected(&row.place(), &columns, name));
            }
        }
        let name = row.column("list")?;
        let value = row.column("value")?;
        let names: Vec<&str> = LISTS.iter().map(|list| list.name.as_str()).collect();
        let Some(number) = names.iter().position(|known| *known == name) else {
            return Err(row.wrong("list", &one_of(&names), name));
        };
        let removed = match row.row.get("removed").map(String::as_str) {
            None | Some("" | "no" | "-") => false,
            Some("yes") => true,
            Some(other) => return Err(row.wrong("removed", "yes or no", other)),
        };
        // As answers are compared with the list: addresses in small letters, anything else as options are.
        let value = if number == List::PersonalMailDomains as usize {
            trimmed(value).to_ascii_lowercase()
        } else {
            option_text(value)
        };
        while self.0.len() <= number {
            self.0.push(None);
        }
        if let (Some(list), Some(built_in)) = (self.0.get_mut(number), LISTS.get(number)) {
            let values =
                list.get_or_insert_with(|| built_in.values.iter().map(|known| known.as_str().to_owned()).collect());
            values.retain(|known| *known != value);
            if !removed {
                values.push(value);
            }
        }
        Ok(())
    }
}

/// `one of a, b, c`.
pub(crate) fn one_of(names: &[&str]) -> String {
    concat(&["one of ", &joined(names, ", ")])
}

impl Context {
    /// A check on this day, in English, with the policy `ncrs_default`, of every question.
    pub fn new(today: Date) -> Self {
        Self {
            today,
            language: Language::English,
            policy: Policy::default(),
            calendar: Calendar::default(),
            lists: Lists::default(),
            asked: None,
            only: None,
            only_fields: Sorted::default(),
            fields: Fields::default(),
            changes: Changes::default(),
            messages: Vec::new(),
            suggestions: false,
        }
    }

    /// A check as the host describes it.
    ///
    /// # Errors
    ///
    /// A [`Fault`] that names the option, what was expected and what was found.
    pub fn from_options(options: &Options) -> Result<Self, Fault> {
        // What reads an option that few pages pass is never inlined here: a browser compiles a function whole when it is first
        // called, and a person may be waiting.
        let Ok(today) = options.today.parse() else {
            return Err(Fault::expected(
                "options.today",
                "a day written YYYY-MM-DD",
                &options.today,
            ));
        };
        let mut context = Self::new(today);
        context.language = match options.language.as_deref() {
            None => Language::English,
            Some(language) => language.parse()?,
        };
        let rows = options.policies.as_deref().unwrap_or_default();
        if options.policy.is_some() || !rows.is_empty() {
            context.policy = Policy::named(options.policy.as_deref().unwrap_or(policy::DEFAULT), rows)?;
        }
        if let Some(rows) = &options.calendar {
            context.calendar = Calendar::with_rows(rows)?;
        }
        if let Some(rows) = &options.lists {
            context.lists = Lists::with_rows(rows)?;
        }
        if let Some(fields) = &options.fields {
            context.fields = Fields::read(fields)?;
        }
        if let Some(names) = &options.asked {
            let mut asked = Vec::with_capacity(names.len());
            for name in names {
                match question_named("options.asked", name) {
                    Ok((question, _)) => asked.push(question),
                    // A field of the host's own is asked because it is given.
                    Err(fault) if !context.fields.names(name) => return Err(fault),
                    Err(_) => {}
                }
            }
            context.asked = Some(asked);
        }
        if let Some(names) = &options.only {
            let (mut only, mut own) = (Vec::with_capacity(names.len()), Vec::new());
            for name in names {
                let is_field = context.fields.names(name);
                match question_named("options.only", name) {
                    Ok(question) => only.push(question),
                    Err(fault) if !is_field => return Err(fault),
                    Err(_) => {}
                }
                if is_field {
                    own.push((name.clone(), 0));
                }
            }
            context.only = Some(Only::new(only));
            context.only_fields = Sorted::new(own);
        }
        if let Some(messages) = &options.messages {
            for (key, text) in messages.iter() {
                context.messages.push(OwnMessage::read(key, text, &context.fields)?);
            }
        }
        if let Some(profile) = &options.profile {
            context.changes = Changes::read(profile)?;
        }
        context.suggestions = options.suggestions;
        Ok(context)
    }
}

impl Context {
    /// The editions of the DSPT that a page offers at `dspt.edition`: newest first, only what has opened by `today`.
    pub fn dspt_editions(&self) -> Vec<EditionOption> {
        self.calendar.offered(self.today, self.language)
    }
}

impl OwnMessage {
    #[inline(never)]
    fn read(key: &str, text: &str, fields: &Fields) -> Result<Self, Fault> {
        let place = concat(&["options.messages[\"", key, "\"]"]);
        let (id, name) = match cut(key, b'@') {
            Some((id, name)) => (id, Some(name)),
            None => (key, None),
        };
        let field = name.filter(|name| fields.names(name));
        let question = match name.map(|name| whole_question(&place, name)) {
            Some(Err(fault)) if field.is_none() => return Err(fault),
            Some(Ok(question)) => Some(question),
            _ => None,
        };
        let Some(rule) = RuleId::named(id) else {
            return Err(Fault::expected("options.messages", "the id of a rule", id));
        };
        let named = &rule.row().questions;
        // Besides what the rules for any question say, a field of the host's own is judged as a code or guarded.
        if let Some(field) = field.filter(|_| question.is_none())
            && !["ANS-", "ODS-", "GRD-"].iter().any(|family| id.starts_with(family))
        {
            let wanted = ": expected a rule that speaks of a field of the host's own, found ";
            return Err(Fault::new(&[&place, wanted, id, " for \"", field, "\""]));
        }
        if let Some(question) = question
            && field.is_none()
            && !named.is_empty()
            && !named.contains(&question)
        {
            let names: Vec<&str> = named.iter().map(|question| question.row().name.as_str()).collect();
            let wanted = concat(&["a question that ", id, " speaks of (", &joined(&names, ", "), ")"]);
            return Err(Fault::expected(&place, &wanted, question.row().name.as_str()));
        }
        if text.trim().is_empty() {
            return Err(Fault::expected_some(&place, "words"));
        }
        let mut known: Vec<&str> = Vec::new();
        for message in rule.row().messages.iter() {
            for name in placeholders(message.words.en.as_str()) {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        if let Some(other) = placeholders(text).into_iter().find(|name| !known.contains(name)) {
            let found = concat(&["found {", other, "}"]);
            return Err(if known.is_empty() {
                Fault::new(&[&place, ": ", id, " has no placeholders, ", &found])
            } else {
                Fault::new(&[
                    &place,
                    ": expected the placeholders {",
                    &joined(&known, "}, {"),
                    "}, ",
                    &found,
                ])
            });
        }
        Ok(Self {
            rule,
            question,
            field: field.map(str::to_owned),
            text: text.to_owned(),
        })
    }
}

/// A question by its name, with `[]` or the index of a row.
pub(crate) fn question_named(place: &str, name: &str) -> Result<(Question, Option<u16>), Fault> {
    let found = match in_list(name) {
        Some((list, index, rest)) if !index.is_empty() => match row_index(index) {
            Some(index) => Question::named(&concat(&[list, "[]", rest])).map(|question| (question, Some(index))),
            None => None,
        },
        _ => Question::named(name).map(|question| (question, None)),
    };
    found.ok_or_else(|| Fault::expected(place, "the name of a question", name))
}

/// `ra.users`, `0` and `.name` of `ra.users[0].name`.
pub(crate) fn in_list(name: &str) -> Option<(&str, &str, &str)> {
    let (list, rest) = cut(name, b'[')?;
    let (index, rest) = cut(rest, b']')?;
    Some((list, index, rest))
}
