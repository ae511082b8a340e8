//! Can every rule speak? Ids, life, severities, evidence and the words of each message.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::condition;
use super::known::Known;
use super::questions::{numbered, step};
use super::{Header, Places, Problem, Sources, Written};

/// The files, in the order in which findings on one question are reported.
pub(crate) const ORDER: &[&str] = &[
    "rules/journey.toml",
    "rules/organisation.toml",
    "rules/ods.toml",
    "rules/contacts.toml",
    "rules/pds.toml",
    "rules/legal.toml",
    "rules/dspt.toml",
    "rules/scr.toml",
    "rules/access.toml",
    "rules/ra.toml",
    "rules/reasonable-adjustments.toml",
    "rules/supplier.toml",
    "rules/declaration.toml",
    "rules/guards.toml",
    "rules/any-question.toml",
];

/// What a rule can wait for without a condition of its own, and its number. A rule without `fires` is decided in code.
const FIRES: &[(&str, usize)] = &[
    ("blank", 0),
    ("blank or unreadable", 1),
    ("not yes", 2),
    ("not ticked", 0),
    ("unreadable", 3),
    ("not in its format", 4),
    ("not a real date", 5),
];
/// A rule with a condition of its own.
const FIRES_IF: usize = 6;
/// What follows are the rooms of code.
const FIRES_IN_CODE: usize = 7;

const SEVERITIES: &[&str] = &["error", "stop", "warning", "note"];
pub(super) const BASES: &[&str] = &["documented", "observed", "inferred"];

/// Words that no message holds: they blame, plead or say nothing (NHS content style guide).
const BANNED: &[&str] = &[
    "please",
    "sorry",
    "valid",
    "invalid",
    "oops",
    "forgot",
    "illegal",
    "forbidden",
    "must not be empty",
    "required field",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    table: Header,
    #[serde(default)]
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: Spanned<String>,
    severity: Spanned<String>,
    forms: Vec<Spanned<String>>,
    /// `*` for a rule of any question.
    questions: Vec<Spanned<String>>,
    basis: Spanned<String>,
    #[serde(default)]
    source: String,
    since: Spanned<String>,
    until: Option<Spanned<String>>,
    /// For readers: when the rule speaks.
    when: Spanned<String>,
    /// For the build: when the rule speaks, if a row can say it.
    fires: Option<Spanned<String>>,
    /// The questions that its own condition compares.
    #[serde(default)]
    reads: Vec<Spanned<String>>,
    /// The rules that it leaves the word to.
    #[serde(default)]
    skipped_if: Vec<Spanned<String>>,
    /// A person at NHS England will look at it.
    #[serde(default)]
    review: bool,
    #[serde(default)]
    message: Vec<Spanned<Message>>,
}

/// One whole sentence. `box` and `found` choose between several of one rule; the most specific wins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    r#box: Option<String>,
    found: Option<String>,
    en: Spanned<String>,
    cy: Option<Spanned<String>>,
}

pub(super) fn judge(sources: &Sources, known: &Known, written: &mut Written, problems: &mut Vec<Problem>) {
    let mut tables = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut facts = String::new();
    let mut names = String::new();
    let mut order: Vec<String> = Vec::new();
    for file in ORDER {
        let table = match sources.table::<Rules>(file) {
            Ok(table) => table,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        table.rows.table.judge(&table.places, problems);
        written.headers.push_str(&table.rows.table.written());
        for rule in &table.rows.rule {
            let id = rule.id.get_ref();
            if let Some(first) = seen.insert(id.clone(), (*file).to_owned()) {
                problems.push(table.places.problem(
                    &rule.id,
                    format!("{id} is there twice, first in {first}"),
                    "an id is a promise: give the new rule a number that was never used",
                ));
            }
            judge_rule(rule, &table.places, problems);
            names.push_str(&format!(
                "    /// {}\n    pub(crate) const {}: RuleId = RuleId({});\n",
                rule.when.get_ref().replace('\n', " "),
                id.replace('-', "_"),
                order.len()
            ));
            order.push(id.clone());
        }
        tables.push(table);
    }
    let mut last = Last::default();
    let mut rows = Vec::new();
    let start = written.bytes.len();
    for table in &tables {
        for rule in &table.rows.rule {
            judge_names(rule, known, &seen, &table.places, problems);
            rows.push(write_rule(
                rule,
                known,
                &order,
                &mut last,
                &table.places,
                written,
                problems,
            ));
            facts.push_str(&facts_as_rust(rule));
        }
    }
    written.columns(start, &rows);
    for file in sources.in_folder("rules/") {
        if !ORDER.contains(&file) {
            problems.push(Problem::new(
                file,
                0,
                "the file has no place in the order of rules",
                "name it in ORDER in src/tables/judge/rules.rs",
            ));
        }
    }
    let rooms: Vec<String> = ORDER.iter().map(|file| room(file)).collect();
    written.rows.push_str(&numbered(
        "Room",
        "Where the rules of a file are decided, when a row cannot say it.",
        &rooms,
    ));
    let severities: Vec<String> = SEVERITIES
        .iter()
        .map(|severity| format!("Severity::{}", capital(severity)))
        .collect();
    written.rows.push_str(&format!(
        "static SEVERITIES: &[Severity] = &[{}];\n\npub(crate) static RULE_FACTS: &[RuleFacts] = &[\n{facts}];\n\n/// Every rule by its id.\n#[allow(dead_code)]\npub(crate) mod rule {{\n    use super::RuleId;\n{names}}}\n\n",
        severities.join(", ")
    ));
}

/// The ids of all rules that can be read.
pub(super) fn ids(sources: &Sources) -> BTreeSet<String> {
    ORDER
        .iter()
        .filter_map(|file| sources.table::<Rules>(file).ok())
        .flat_map(|table| table.rows.rule)
        .map(|rule| rule.id.into_inner())
        .collect()
}

/// Every form, question and rule that a rule names is there.
fn judge_names(
    rule: &Rule,
    known: &Known,
    ids: &BTreeMap<String, String>,
    places: &Places,
    problems: &mut Vec<Problem>,
) {
    let id = rule.id.get_ref();
    for form in &rule.forms {
        if !known.has_form(form.get_ref()) {
            problems.push(places.problem(
                form,
                format!("there is no form \"{}\"", form.get_ref()),
                "name a form of forms.toml",
            ));
        }
    }
    for question in rule.questions.iter().chain(&rule.reads) {
        let name = question.get_ref();
        if name != "*" && !known.has_question(name) && !known.has_group(name) {
            problems.push(places.problem(
                question,
                format!("{id} names the question \"{name}\", which does not exist"),
                "name a question of src/tables/sections",
            ));
        }
    }
    if rule.until.is_none() {
        for form in &rule.forms {
            let asked = |question: &&Spanned<String>| {
                question.get_ref() == "*" || known.form_has(form.get_ref(), question.get_ref())
            };
            if !rule.questions.iter().any(|question| asked(&question)) {
                problems.push(places.problem(
                    form,
                    format!(
                        "{id} can never speak in {}: it asks none of its questions",
                        form.get_ref()
                    ),
                    "take the form away, or name a question it asks",
                ));
            }
        }
    }
    for skipped in &rule.skipped_if {
        let other = skipped.get_ref().as_str();
        if !matches!(other, "ODS-*" | "every other error") && !ids.contains_key(other) {
            problems.push(places.problem(
                skipped,
                format!("{id} leaves the word to \"{other}\", which is no rule"),
                "name a rule, `ODS-*` or `every other error`",
            ));
        }
    }
}

fn judge_rule(rule: &Rule, places: &Places, problems: &mut Vec<Problem>) {
    let id = rule.id.get_ref();
    if !is_rule_id(id) {
        problems.push(places.problem(
            &rule.id,
            format!("\"{id}\" is not a rule id"),
            "write two or three capitals, a hyphen and three numbers, like ODS-010",
        ));
    }
    one_of(&rule.severity, SEVERITIES, "severity", places, problems);
    one_of(&rule.basis, BASES, "basis", places, problems);
    for version in std::iter::once(&rule.since).chain(rule.until.as_ref()) {
        let parts: Vec<&str> = version.get_ref().split('.').collect();
        if parts.len() != 3 || parts.iter().any(|part| part.parse::<u32>().is_err()) {
            problems.push(places.problem(
                version,
                format!("\"{}\" is not a version of this component", version.get_ref()),
                "write it like 0.1.0",
            ));
        }
    }
    if rule.when.get_ref().trim().is_empty() {
        problems.push(places.problem(
            &rule.when,
            format!("{id} does not say when it speaks"),
            "write one line for the reader",
        ));
    }
    if rule.message.is_empty() {
        problems.push(places.problem(
            &rule.id,
            format!("{id} has no message"),
            "add a [[rule.message]] with an English text that says how to put it right",
        ));
    }
    let mut choices = BTreeSet::new();
    for message in &rule.message {
        let row = message.get_ref();
        if !choices.insert((row.r#box.clone(), row.found.clone())) {
            problems.push(places.problem(
                message,
                format!("{id} has two messages for the same box and finding"),
                "keep one of them",
            ));
        }
        if let Some(chosen) = &row.r#box
            && chosen != "dspt"
        {
            problems.push(places.problem(
                message,
                format!("there is no box \"{chosen}\""),
                "leave it out, or write \"dspt\"",
            ));
        }
        let english = placeholders(row.en.get_ref());
        judge_text(id, &row.en, places, problems);
        if let Some(welsh) = &row.cy {
            judge_text(id, welsh, places, problems);
            if placeholders(welsh.get_ref()) != english {
                problems.push(places.problem(
                    welsh,
                    format!("the Welsh text of {id} has other placeholders than the English one"),
                    "use the same names in curly brackets in both",
                ));
            }
        }
    }
    if !rule.message.is_empty() && rule.message.iter().all(|message| message.get_ref().r#box.is_some()) {
        problems.push(places.problem(
            &rule.id,
            format!("{id} has a message for one box only"),
            "add a [[rule.message]] without `box`",
        ));
    }
}

fn judge_text(id: &str, text: &Spanned<String>, places: &Places, problems: &mut Vec<Problem>) {
    let words = text.get_ref();
    let mut refuse = |what: String, fix: &str| problems.push(places.problem(text, what, fix));
    if words.trim().is_empty() {
        refuse(format!("a message of {id} is empty"), "write how to put it right");
        return;
    }
    if words.contains(['<', '>', '&', '\n', '\r']) {
        refuse(
            format!("a message of {id} holds markup or a line break"),
            "write plain text on one line",
        );
    }
    if words.ends_with(['.', ' ']) || words.starts_with(' ') {
        refuse(
            format!("a message of {id} ends with a full stop, or has a space at an end"),
            "take it away",
        );
    }
    let spoken = words.to_lowercase();
    let spoken_words: Vec<&str> = spoken.split(|c: char| !c.is_alphanumeric()).collect();
    for banned in BANNED {
        let found = if banned.contains(' ') {
            spoken.contains(banned)
        } else {
            spoken_words.contains(banned)
        };
        if found {
            refuse(
                format!("a message of {id} says \"{banned}\""),
                "say how to put it right, in the NHS content style",
            );
        }
    }
    if words.matches('{').count() != words.matches('}').count() || placeholders(words).iter().any(String::is_empty) {
        refuse(
            format!("a message of {id} has a bracket without its pair or name"),
            "write placeholders like {max}",
        );
    }
}

/// The names in curly brackets.
pub(crate) fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default().to_owned())
        .collect()
}

fn is_rule_id(id: &str) -> bool {
    let Some((area, number)) = id.split_once('-') else {
        return false;
    };
    (2..=4).contains(&area.len())
        && area.bytes().all(|byte| byte.is_ascii_uppercase())
        && number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn one_of(word: &Spanned<String>, words: &[&str], name: &str, places: &Places, problems: &mut Vec<Problem>) {
    if !words.contains(&word.get_ref().as_str()) {
        problems.push(places.problem(
            word,
            format!("there is no {name} \"{}\"", word.get_ref()),
            format!("write one of {}", words.join(", ")),
        ));
    }
}

/// `rules/any-question.toml` as `AnyQuestion`: where the Rust of its rules is.
fn room(file: &str) -> String {
    let name = file.trim_start_matches("rules/").trim_end_matches(".toml");
    name.split('-').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// What a reader of the rules wants to know, and no check does.
fn facts_as_rust(rule: &Rule) -> String {
    format!(
        "    RuleFacts {{ basis: {:?}, source: {:?}, since: {:?}, until: {:?} }},\n",
        rule.basis.get_ref(),
        rule.source,
        rule.since.get_ref(),
        rule.until.as_ref().map(Spanned::get_ref),
    )
}

/// What the next row tells its difference from.
#[derive(Default)]
struct Last {
    area: String,
    number: usize,
    question: usize,
}

/// Writes all that follows the columns of a rule, and says what stands in those.
fn write_rule(
    rule: &Rule,
    known: &Known,
    order: &[String],
    last: &mut Last,
    places: &Places,
    written: &mut Written,
    problems: &mut Vec<Problem>,
) -> Vec<usize> {
    let (area, number) = rule.id.get_ref().split_once('-').unwrap_or_default();
    let number = usize::from(written.byte(number.parse().unwrap_or_default()));
    let new_area = last.area != area;
    if new_area {
        written.line(area);
        (last.area, last.number) = (area.to_owned(), 0);
    }
    let steps = step(last.number, number);
    last.number = number;
    let forms = known
        .forms
        .iter()
        .enumerate()
        .filter(|(_, (id, _))| rule.forms.iter().any(|form| form.get_ref() == id))
        .map(|(number, _)| 1 << number);

    let asked: Vec<usize> = rule
        .questions
        .iter()
        .filter_map(|question| known.number(question.get_ref()))
        .collect();
    write_near(&asked, last, written);
    let trigger = write_trigger(rule, known, places, written, problems);
    let reads: Vec<usize> = rule
        .reads
        .iter()
        .flat_map(|read| known.all_of(read.get_ref()))
        .filter_map(|name| known.number(&name))
        .collect();
    write_near(&reads, last, written);
    for skipped in &rule.skipped_if {
        let number = match skipped.get_ref().as_str() {
            "ODS-*" => u16::MAX - 1,
            "every other error" => u16::MAX,
            id => {
                let other = order.iter().position(|known| known == id);
                u16::try_from(other.unwrap_or_default()).unwrap_or_default()
            }
        };
        written.bytes.extend(number.to_le_bytes());
    }

    // Those for DSPT code boxes are the last, and all are said in the same way.
    let mut messages: Vec<&Message> = rule.message.iter().map(Spanned::get_ref).collect();
    messages.sort_by_key(|message| message.r#box.is_some());
    let boxes = messages.iter().filter(|message| message.r#box.is_some()).count();
    let found = messages.iter().any(|message| message.found.is_some());
    for message in &messages {
        if found {
            written.lines.push_str(message.found.as_deref().unwrap_or_default());
            written.lines.push('\n');
        }
        let welsh = message.cy.as_ref().map(|text| text.get_ref().as_str());
        written.words(message.en.get_ref(), welsh);
    }
    if messages.len() > 15 {
        written
            .wrong
            .push(format!("{} has more than 15 messages", rule.id.get_ref()));
    }
    let severity = SEVERITIES.iter().position(|known| known == rule.severity.get_ref());
    let marks = [(rule.until.is_some(), 4), (rule.review, 8), (new_area, 16), (found, 32)];
    vec![
        marks
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, mark)| mark)
            .sum::<usize>()
            + severity.unwrap_or_default(),
        steps,
        forms.sum(),
        trigger,
        asked.len(),
        reads.len(),
        rule.skipped_if.len(),
        messages.len() + 16 * boxes,
    ]
}

/// Questions, each by how far it is from the one before.
fn write_near(questions: &[usize], last: &mut Last, written: &mut Written) {
    for question in questions {
        written.number(step(last.question, *question));
        last.question = *question;
    }
}

/// When a rule fires, as a number, and its condition if it has one.
fn write_trigger(
    rule: &Rule,
    known: &Known,
    places: &Places,
    written: &mut Written,
    problems: &mut Vec<Problem>,
) -> usize {
    let Some(fires) = &rule.fires else {
        let room = ORDER.iter().position(|file| *file == places.file);
        return FIRES_IN_CODE + room.unwrap_or_default();
    };
    let text = fires.get_ref().as_str();
    if let Some((_, number)) = FIRES.iter().find(|(name, _)| *name == text) {
        return *number;
    }
    if let Some(when) = text.strip_prefix("if ") {
        match condition::read(when, known) {
            Ok(condition) => {
                for read in &condition.reads {
                    for form in &rule.forms {
                        if !known.form_has(form.get_ref(), read) {
                            problems.push(places.problem(
                                fires,
                                format!(
                                    "{} reads {read}, which {} does not ask",
                                    rule.id.get_ref(),
                                    form.get_ref()
                                ),
                                "read only questions of the rule's forms",
                            ));
                        }
                    }
                }
                written.bytes.extend(condition.bytes);
            }
            Err(what) => problems.push(places.problem(fires, what, "see the grammar in src/tables/judge/condition.rs")),
        }
    } else {
        let all: Vec<&str> = FIRES.iter().map(|(name, _)| *name).collect();
        problems.push(places.problem(
            fires,
            format!("\"{text}\" does not say when {} fires", rule.id.get_ref()),
            format!("write `if` and a condition, or one of: {}", all.join("; ")),
        ));
    }
    FIRES_IF
}
