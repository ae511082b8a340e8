//! What does a check know besides the answers? Today, the policy, the language, and how this service differs from ours.

use serde::Deserialize;

use crate::date::Date;
use crate::dspt::calendar::{Calendar, EditionOption};
use crate::dspt::policy::{self, Policy};
use crate::entries::{Entries, Row};
use crate::fault::Fault;
use crate::form::rules::Only;
use crate::form::value::option_text;
use crate::host::{self, Field, Fields, Name};
use crate::message::{Language, add_placeholders};
use crate::profile::{Changes, Profile, whole_question};
use crate::setting::{HostRow, Setting};
use crate::tables::{LISTS, List, Question, RuleId};
use crate::text::{concat, cut, joined, pieces, trimmed, without_space_around};

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
    pub(crate) asked: Option<Vec<(Question, Option<u16>)>>,
    /// The questions to judge, with the index of one row where it is named.
    pub(crate) only: Option<Only>,
    pub(crate) fields: Fields,
    pub(crate) changes: Changes,
    /// What the host said, for what is looked up there when it is needed: `messages`, and the names of its own fields in
    /// `only`.
    pub(crate) said: Setting,
    pub(crate) suggestions: bool,
}

/// What a row of a list may say: the columns of the built-in rows, and that a value is taken out.
const LIST_COLUMNS: &str = "list value label basis source removed";

/// The lists that change: as built in, and what the host changes in them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists(Vec<Change>);

/// A value that a host adds to a list or takes out of it.
#[derive(Debug, Clone)]
struct Change {
    list: usize,
    value: String,
    removed: bool,
}

impl Lists {
    /// True when the list holds this value.
    pub(crate) fn holds(&self, list: List, value: &str) -> bool {
        let at = list as usize;
        let changes = if host::IS_READ { self.0.as_slice() } else { &[] };
        // Of several rows the last counts.
        for change in changes.iter().rev() {
            if change.list == at && change.value == value {
                return !change.removed;
            }
        }
        LISTS.get(at).is_some_and(|row| row.values.place(value).is_some())
    }

    /// Rows add or replace by list and value; `removed: "yes"` takes one out. api.md 3.
    #[inline(never)]
    fn change(&mut self, rows: &[Setting]) -> Result<(), Fault> {
        for (at, row) in rows.iter().enumerate() {
            let row = HostRow {
                option: "options.lists",
                at,
                row,
            };
            for column in &row.row.below {
                if place_among(LIST_COLUMNS, &column.name).is_none() {
                    return Err(Fault::of(
                        "%: expected the columns %, found \"%\"",
                        &[&row.place(), &listed(LIST_COLUMNS), &column.name],
                    ));
                }
            }
            let name = row.column("list")?;
            let value = row.column("value")?;
            let Some(list) = LISTS.iter().position(|list| list.name.is(name)) else {
                let mut names = Vec::new();
                for list in LISTS {
                    names.push(list.name.as_str());
                }
                return Err(row.wrong("list", &one_of(&names), name));
            };
            let removed = match row.row.get("removed").unwrap_or_default() {
                "" | "no" | "-" => false,
                "yes" => true,
                other => return Err(row.wrong("removed", "yes or no", other)),
            };
            // As answers are compared with the list: addresses in small letters, anything else as options are.
            let value = if list == List::PersonalMailDomains as usize {
                trimmed(value).to_ascii_lowercase()
            } else {
                option_text(value)
            };
            self.0.push(Change { list, value, removed });
        }
        Ok(())
    }
}

/// The place of a word among words with a space between each two.
#[inline(never)]
pub(crate) fn place_among(words: &str, word: &str) -> Option<usize> {
    let mut place = 0;
    let mut rest = words;
    while let Some((first, after)) = cut(rest, b' ') {
        if first == word {
            return Some(place);
        }
        place += 1;
        rest = after;
    }
    (rest == word).then_some(place)
}

/// The same words as a sentence lists them.
#[inline(never)]
pub(crate) fn listed(words: &str) -> String {
    joined(&pieces(words, b' '), ", ")
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
            // The build script refuses policies without the default.
            policy: Policy::built_in(policy::DEFAULT).unwrap_or_default(),
            calendar: Calendar::default(),
            lists: Lists::default(),
            asked: None,
            only: None,
            fields: Fields::default(),
            changes: Changes::default(),
            said: Setting::default(),
            suggestions: false,
        }
    }

    /// A check as the host describes it.
    ///
    /// # Errors
    ///
    /// A [`Fault`] that names the option, what was expected and what was found.
    pub fn from_options(options: &Options) -> Result<Self, Fault> {
        let mut options = options.settings();
        let mut context = Self::new(today(&options)?);
        context.read(&mut options)?;
        Ok(context)
    }

    /// The same of settings, all but the day. It takes them.
    #[inline(never)]
    pub(crate) fn read(&mut self, options: &mut Setting) -> Result<(), Fault> {
        if !host::IS_READ {
            refuse_more(options)?;
        }
        // What reads an option that few pages pass is never inlined here: a browser compiles a function whole when it is first
        // called, and a person may be waiting.
        self.suggestions = options.at("suggestions").is_some();
        if let Some(language) = options.at("language") {
            self.language = language.text.parse()?;
        }
        let rows = if host::IS_READ { options.list("policies") } else { &[] };
        let policy = options.at("policy");
        if policy.is_some() || !rows.is_empty() {
            self.policy = Policy::named(policy.map_or(policy::DEFAULT, |policy| &policy.text), rows)?;
        }
        if host::IS_READ {
            self.read_rows_and_fields(options)?;
        }
        if let Some(names) = options.at("asked") {
            let asked = self.asked.get_or_insert_default();
            questions("options.asked", &names.below, &self.fields, asked)?;
        }
        if let Some(names) = options.at("only") {
            let mut only = Vec::new();
            questions("options.only", &names.below, &self.fields, &mut only)?;
            self.only = Some(Only::new(&only));
        }
        if host::IS_READ {
            for message in options.list("messages") {
                judge_message(&message.name, &message.text, &self.fields)?;
            }
            if let Some(profile) = options.at_mut("profile") {
                self.changes.read(profile)?;
            }
            self.said = std::mem::take(options);
        }
        Ok(())
    }

    fn read_rows_and_fields(&mut self, options: &mut Setting) -> Result<(), Fault> {
        if let Some(rows) = options.at("calendar") {
            self.calendar = Calendar::with_rows(&rows.below)?;
        }
        if let Some(rows) = options.at("lists") {
            self.lists.change(&rows.below)?;
        }
        if let Some(fields) = options.at_mut("fields") {
            self.fields.read(&mut fields.below)?;
        }
        Ok(())
    }

    /// The host's own texts, by rule or by rule and question.
    pub(crate) fn messages(&self) -> Option<&Setting> {
        if host::IS_READ { self.said.at("messages") } else { None }
    }
}

/// What a build reads that reads nothing of the host's own.
const READ_ALWAYS: &str = "today policy language suggestions asked only";

/// Nothing that a host says is passed over in silence, also where this build cannot read it.
fn refuse_more(options: &Setting) -> Result<(), Fault> {
    for option in &options.below {
        if place_among(READ_ALWAYS, &option.name).is_none() {
            let wanted = "nothing of the host's own, as the feature host is off";
            return Err(Fault::expected("options", wanted, &option.name));
        }
    }
    Ok(())
}

/// The day a check stands on.
pub(crate) fn today(options: &Setting) -> Result<Date, Fault> {
    let today = options.get("today").unwrap_or_default();
    match today.parse() {
        Ok(today) => Ok(today),
        Err(_) => Err(Fault::expected("options.today", "a day written YYYY-MM-DD", today)),
    }
}

/// Adds the questions of ours among names, each with the index of its row where that is named.
#[inline(never)]
fn questions(
    place: &str,
    names: &[Setting],
    fields: &Fields,
    questions: &mut Vec<(Question, Option<u16>)>,
) -> Result<(), Fault> {
    for name in names {
        match question_named(place, &name.text) {
            Ok(question) => questions.push(question),
            // The other names are those of fields of the host's own.
            Err(fault) if !fields.names(&name.text) => return Err(fault),
            Err(_) => {}
        }
    }
    Ok(())
}

impl Options {
    /// The same as settings, by the names that JavaScript has for them.
    fn settings(&self) -> Setting {
        let mut options = Setting::default();
        options.put("today", Some(&self.today));
        options.put("policy", self.policy.as_deref());
        options.put("language", self.language.as_deref());
        options.put("suggestions", self.suggestions.then_some("1"));
        options.put_list("asked", self.asked.as_deref());
        options.put_list("only", self.only.as_deref());
        for (name, rows) in [
            ("calendar", &self.calendar),
            ("policies", &self.policies),
            ("lists", &self.lists),
        ] {
            if let Some(rows) = rows {
                options.put_all(name, rows.iter().map(row_settings));
            }
        }
        if let Some(messages) = &self.messages {
            options.put_texts("messages", messages);
        }
        if let Some(profile) = &self.profile {
            options.below.push(profile.settings());
        }
        if let Some(fields) = &self.fields {
            options.put_all("fields", fields.iter().map(|(key, field)| field.settings(key)));
        }
        options
    }
}

/// Of two columns with one name the last counts.
fn row_settings(row: &Row) -> Setting {
    let mut settings = Setting::default();
    for (column, _) in row.iter() {
        settings.put(column, row.get(column).map(String::as_str));
    }
    settings
}

impl Context {
    /// The editions of the DSPT that a page offers at `dspt.edition`: newest first, only what has opened by `today`.
    pub fn dspt_editions(&self) -> Vec<EditionOption> {
        self.calendar.offered(self.today, self.language)
    }
}

/// What can be wrong with a text of the host for a rule, or for a rule at one question or field.
#[inline(never)]
fn judge_message(key: &str, text: &str, fields: &Fields) -> Result<(), Fault> {
    let (id, name) = match cut(key, b'@') {
        Some((id, name)) => (id, Some(name)),
        None => (key, None),
    };
    let is_field = name.is_some_and(|name| fields.names(name));
    let mut question = None;
    if let Some(name) = name {
        let place = concat(&["options.messages[\"", key, "\"]"]);
        match whole_question(&place, name) {
            Ok(known) => question = Some(known),
            Err(fault) if !is_field => return Err(fault),
            Err(_) => {}
        }
    }
    let Some(rule) = RuleId::named(id) else {
        return Err(Fault::expected("options.messages", "the id of a rule", id));
    };
    let row = rule.row();
    match question {
        // Besides what the rules for any question say, a field of the host's own is judged as a code or guarded.
        None if is_field && !matches!(id.get(..4), Some("ANS-" | "ODS-" | "GRD-")) => {
            let sentence =
                "options.messages[\"%\"]: expected a rule that speaks of a field of the host's own, found % for \"%\"";
            return Err(Fault::of(sentence, &[key, id, name.unwrap_or_default()]));
        }
        Some(question) if !is_field && !row.questions.is_empty() && !row.questions.contains(&question) => {
            let mut names = Vec::new();
            for question in row.questions.iter() {
                names.push(question.row().name.as_str());
            }
            return Err(Fault::of(
                "options.messages[\"%\"]: expected a question that % speaks of (%), found \"%\"",
                &[key, id, &joined(&names, ", "), question.row().name.as_str()],
            ));
        }
        _ => {}
    }
    if without_space_around(text).is_empty() {
        let sentence = "options.messages[\"%\"]: expected words, found none";
        return Err(Fault::of(sentence, &[key]));
    }
    let mut names = Vec::new();
    for message in row.messages.iter() {
        add_placeholders(message.words.en.as_str(), &mut names);
    }
    let count = names.len();
    add_placeholders(text, &mut names);
    if let Some((known, [other, ..])) = names.split_at_checked(count) {
        return Err(match known {
            [] => Fault::of(
                "options.messages[\"%\"]: % has no placeholders, found {%}",
                &[key, id, other],
            ),
            known => Fault::of(
                "options.messages[\"%\"]: expected the placeholders {%}, found {%}",
                &[key, &joined(known, "}, {"), other],
            ),
        });
    }
    Ok(())
}

/// A question by its name, with `[]` or the index of a row.
pub(crate) fn question_named(place: &str, name: &str) -> Result<(Question, Option<u16>), Fault> {
    let read = Name::read(name);
    match Question::named(&read.general) {
        Some(question) => Ok((question, read.index)),
        None => Err(Fault::expected(place, "the name of a question", name)),
    }
}

/// `ra.users`, `0` and `.name` of `ra.users[0].name`.
pub(crate) fn in_list(name: &str) -> Option<(&str, &str, &str)> {
    let (list, rest) = cut(name, b'[')?;
    let (index, rest) = cut(rest, b']')?;
    Some((list, index, rest))
}
