//! Do forms, sections, questions, conditions and lists hang together? Writes them as rows.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::condition;
use super::known::{DECIDED_IN_CODE, Known, Shared};
use super::{Header, Places, Problem, Sources, Table, Written};

/// The kinds of questions, as the specification names them, and their Rust.
const KINDS: &[(&str, &str)] = &[
    ("text", "Text"),
    ("long-text", "LongText"),
    ("email", "Email"),
    ("telephone", "Telephone"),
    ("postcode", "Postcode"),
    ("ico-number", "IcoNumber"),
    ("identifier", "Identifier"),
    ("web-address", "WebAddress"),
    ("whole-number", "WholeNumber"),
    ("version", "Version"),
    ("date", "Date"),
    ("choice", "Choice"),
    ("open-choice", "OpenChoice"),
    ("choices", "Choices"),
    ("yes-no", "YesNo"),
    ("confirm", "Confirm"),
    ("text-list", "TextList"),
    ("ods-code", "OdsCode"),
    ("dspt-code", "DsptCode"),
    ("dspt-edition", "DsptEdition"),
    ("dspt-status", "DsptStatus"),
    ("dspt-version", "DsptVersion"),
];

/// The formats of `src/identifier.rs` that a question can name beyond those its kind implies.
const FORMATS: &[(&str, &str)] = &[
    ("cqc-id", "CqcId"),
    ("company-number", "CompanyNumber"),
    ("charity-number", "CharityNumber"),
    ("nic-reference", "NicReference"),
    ("cag-reference", "CagReference"),
    ("uuid", "Uuid"),
    ("role-code", "RoleCode"),
    ("activity-code", "ActivityCode"),
];

/// Words in each language. Welsh is there when a qualified translator has supplied it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) en: Spanned<String>,
    pub(super) cy: Option<Spanned<String>>,
}

impl Words {
    pub(super) fn rust(&self) -> String {
        format!(
            "Words {{ en: Text({:?}), cy: Text({:?}) }}",
            self.en.get_ref(),
            self.welsh().unwrap_or_default()
        )
    }

    fn welsh(&self) -> Option<&str> {
        self.cy.as_ref().map(|text| text.get_ref().as_str())
    }

    fn write(&self, written: &mut Written) {
        written.words(self.en.get_ref(), self.welsh());
    }

    pub(super) fn judge(&self, places: &Places, problems: &mut Vec<Problem>) {
        for text in std::iter::once(&self.en).chain(self.cy.as_ref()) {
            if text.get_ref().trim().is_empty() || text.get_ref().contains(['<', '>', '{', '}', '\n']) {
                problems.push(places.problem(
                    text,
                    "these words are empty, or hold markup or a line break",
                    "write plain text on one line; leave cy out until it is translated",
                ));
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    table: Header,
    form: Vec<Form>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    id: Spanned<String>,
    sections: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    table: Header,
    section: Section,
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    id: Spanned<String>,
    title: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: Spanned<String>,
    kind: Spanned<String>,
    format: Option<Spanned<String>>,
    required: Spanned<String>,
    applies_when: Option<Spanned<String>>,
    max: Option<u16>,
    label: Words,
    /// For hosts that have none; not needed to judge an answer, so not written out.
    hint: Option<Words>,
    name_in_messages: Option<Words>,
    #[serde(default)]
    options: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    value: Spanned<String>,
    label: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    table: Header,
    condition: Vec<NamedCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedCondition {
    name: Spanned<String>,
    means: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    table: Header,
    row: Vec<ListRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListRow {
    list: Spanned<String>,
    value: Spanned<String>,
    label: Words,
    basis: Spanned<String>,
    #[serde(default)]
    source: String,
}

impl Known {
    /// The rows of all questions.
    fn write_questions(&self, written: &mut Written) {
        let mut names = String::new();
        let mut rows = Vec::new();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &self.order {
            if let Some((list, _)) = name.split_once("[].") {
                *sizes.entry(list).or_default() += 1;
            }
        }
        for (number, name) in self.order.iter().enumerate() {
            let Some(shared) = self.shared.get(name) else { continue };
            let list = name.split_once("[].").map(|(list, _)| list);
            let group = list.and_then(|list| sizes.keys().position(|known| *known == list));
            let format = shared.format.and_then(|format| place_in(FORMATS, format));
            let max = shared.max.unwrap_or(0);
            rows.push(vec![
                place_in(KINDS, shared.kind).unwrap_or_default(),
                // Counted from 1; 0 is none.
                format.map_or(0, |format| format + 1),
                group.map_or(0, |group| group + 1),
                usize::from(max % 256),
                usize::from(max / 256),
                shared.options.len(),
                usize::from(shared.name_in_messages.is_some()),
            ]);
            written.line(name);
            for option in &shared.options {
                written.line(option);
            }
            if let Some((en, cy)) = &shared.name_in_messages {
                written.words(en, cy.as_deref());
            }
            names.push_str(&format!(
                "    pub(crate) const {}: Question = Question({number});\n",
                Self::constant(name).trim_start_matches("question::")
            ));
        }
        written.columns(written.bytes.len(), &rows);
        let mut groups = String::new();
        for (name, size) in &sizes {
            groups.push_str(&format!("    GroupRow {{ name: {name:?}, size: {size} }},\n"));
        }
        let variants: Vec<String> = sizes.keys().map(|name| camel(name)).collect();
        written.rows.push_str(&numbered(
            "Group",
            "A list of rows; its number is its place in [`GROUPS`].",
            &variants,
        ));
        written.rows.push_str(&format!(
            "pub(crate) static GROUPS: [GroupRow; {}] = [\n{groups}];\n\n/// Every question by its name.\n#[allow(dead_code)]\npub(crate) mod question {{\n    use super::Question;\n{names}}}\n\n",
            sizes.len()
        ));
        written.rows.push_str(&all_of(
            "Kind",
            &KINDS.iter().map(|(_, rust)| *rust).collect::<Vec<_>>(),
        ));
        written.rows.push_str(&all_of(
            "Format",
            &FORMATS.iter().map(|(_, rust)| *rust).collect::<Vec<_>>(),
        ));
    }
}

/// The place of a Rust name in its list.
fn place_in(list: &[(&str, &str)], name: &str) -> Option<usize> {
    list.iter().position(|(_, rust)| *rust == name)
}

/// The variants of an enum in the order of a list, for reading them by their place.
fn all_of<T: AsRef<str>>(name: &str, variants: &[T]) -> String {
    let all: Vec<String> = variants
        .iter()
        .map(|variant| format!("Self::{}", variant.as_ref()))
        .collect();
    format!(
        "impl {name} {{\n    const ALL: &[Self] = &[{}];\n}}\n\n",
        all.join(", ")
    )
}

/// An enum whose variants are read by their number.
pub(super) fn numbered(name: &str, what: &str, variants: &[String]) -> String {
    format!(
        "/// {what}\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[allow(dead_code)]\npub(crate) enum {name} {{\n    {},\n}}\n\n{}",
        variants.join(",\n    "),
        all_of(name, variants)
    )
}

/// How far one number is from another, where a byte is counted round.
pub(super) fn step(from: usize, to: usize) -> usize {
    (to + (1 << 16) - from) % 256
}

/// `ra.users` as `RaUsers`.
fn camel(name: &str) -> String {
    name.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        })
        .collect()
}

/// `dspt.status` takes its options from the table of statuses.
pub(super) fn judge(
    sources: &Sources,
    statuses: &[String],
    written: &mut Written,
    problems: &mut Vec<Problem>,
) -> Known {
    let mut known = Known::default();
    judge_lists(sources, &mut known, written, problems);
    let forms = match sources.table::<Forms>("forms.toml") {
        Ok(table) => table,
        Err(problem) => {
            problems.push(problem);
            return known;
        }
    };
    forms.rows.table.judge(&forms.places, problems);
    written.headers.push_str(&forms.rows.table.written());
    let mut sections: BTreeMap<String, Table<SectionFile>> = BTreeMap::new();
    let mut order: Vec<&String> = Vec::new();
    for form in &forms.rows.form {
        let mut asked = Vec::new();
        for file in &form.sections {
            let name = file.get_ref();
            if !sections.contains_key(name) {
                match sources.table::<SectionFile>(name) {
                    Ok(table) => {
                        table.rows.table.judge(&table.places, problems);
                        written.headers.push_str(&table.rows.table.written());
                        judge_section(&table, statuses, &mut known, problems);
                        sections.insert(name.clone(), table);
                        order.push(name);
                    }
                    Err(problem) => problems.push(problem),
                }
            }
            if let Some(table) = sections.get(name) {
                for question in &table.rows.question {
                    if asked.contains(question.id.get_ref()) {
                        problems.push(forms.places.problem(
                            file,
                            format!("{} asks {} twice", form.id.get_ref(), question.id.get_ref()),
                            "keep it in one section",
                        ));
                    }
                    asked.push(question.id.get_ref().clone());
                }
            }
        }
        known.forms.push((form.id.get_ref().clone(), asked));
    }
    for file in sources.in_folder("sections/") {
        if !sections.contains_key(file) {
            problems.push(Problem::new(
                file,
                0,
                "no form has this section",
                "name the file in forms.toml, or delete it",
            ));
        }
    }
    if known.order.len() >= usize::from(u8::MAX) {
        problems.push(Problem::new(
            "forms.toml",
            0,
            "there are more than 254 questions",
            "let Question in src/tables.rs hold a u16",
        ));
    }
    judge_conditions(sources, &mut known, written, problems);
    known.write_questions(written);
    let mut last = 0;
    written.number(order.len());
    for file in order.iter().copied() {
        let Some(table) = sections.get(file) else { continue };
        let asking: Vec<&(String, Vec<String>)> = forms
            .rows
            .form
            .iter()
            .filter(|form| form.sections.iter().any(|section| section.get_ref() == file))
            .filter_map(|form| known.forms.iter().find(|(id, _)| id == form.id.get_ref()))
            .collect();
        write_section(table, &asking, &known, &mut last, written, problems);
    }
    written.number(forms.rows.form.len());
    for form in &forms.rows.form {
        written.line(form.id.get_ref());
        written.number(form.sections.len());
        for file in &form.sections {
            let section = order.iter().position(|known| *known == file.get_ref());
            written.number(section.unwrap_or_default());
        }
    }
    known
}

fn judge_lists(sources: &Sources, known: &mut Known, written: &mut Written, problems: &mut Vec<Problem>) {
    let table = match sources.table::<Lists>("lists.toml") {
        Ok(table) => table,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    table.rows.table.judge(&table.places, problems);
    written.headers.push_str(&table.rows.table.written());
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &table.rows.row {
        row.label.judge(&table.places, problems);
        let values = lists.entry(row.list.get_ref()).or_default();
        if values.contains(&row.value.get_ref().as_str()) {
            problems.push(table.places.problem(
                &row.value,
                format!("\"{}\" is twice in {}", row.value.get_ref(), row.list.get_ref()),
                "keep one row",
            ));
        }
        if row.basis.get_ref() == "documented" && row.source.is_empty() {
            problems.push(
                table
                    .places
                    .problem(&row.basis, "a documented row names no source", "name its source"),
            );
        }
        values.push(row.value.get_ref());
    }
    written.number(lists.len());
    for (name, values) in &lists {
        known.lists.push((*name).to_owned());
        written.number(values.len());
        written.line(name);
        for value in values {
            written.line(value);
        }
    }
    let variants: Vec<String> = lists.keys().map(|name| camel(name)).collect();
    written.rows.push_str(&numbered(
        "List",
        "A list that changes; its number is its place in [`LISTS`].",
        &variants,
    ));
}

fn judge_section(table: &Table<SectionFile>, statuses: &[String], known: &mut Known, problems: &mut Vec<Problem>) {
    table.rows.section.title.judge(&table.places, problems);
    for question in &table.rows.question {
        let name = question.id.get_ref();
        if !is_question_name(name) {
            problems.push(table.places.problem(
                &question.id,
                format!("\"{name}\" is not the name of a question"),
                "write lower case words joined by _ and ., with [] after a list: ra.users[].name",
            ));
        }
        let kind = known_as(&question.kind, KINDS, "kind", &table.places, problems);
        let format = question
            .format
            .as_ref()
            .map(|format| known_as(format, FORMATS, "format", &table.places, problems));
        for words in std::iter::once(&question.label)
            .chain(question.hint.as_ref())
            .chain(question.name_in_messages.as_ref())
        {
            words.judge(&table.places, problems);
        }
        let mut options: Vec<String> = Vec::new();
        for option in &question.options {
            option.label.judge(&table.places, problems);
            let value = option.value.get_ref();
            if options.contains(value) {
                problems.push(table.places.problem(
                    &option.value,
                    format!("{name} has the option \"{value}\" twice"),
                    "keep one",
                ));
            }
            if value.is_empty()
                || !value
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                problems.push(table.places.problem(
                    &option.value,
                    format!("\"{value}\" cannot be the value of an option"),
                    "write small letters, numbers and _",
                ));
            }
            options.push(value.clone());
        }
        if kind == "DsptStatus" {
            options.extend(statuses.iter().cloned());
        }
        let chosen = matches!(kind, "Choice" | "OpenChoice" | "Choices");
        if chosen == options.is_empty() && kind != "DsptStatus" {
            problems.push(table.places.problem(
                &question.id,
                format!(
                    "{name} is of kind {} and has {}",
                    question.kind.get_ref(),
                    if chosen { "no options" } else { "options" }
                ),
                "give options to kinds that are chosen from, and to no other",
            ));
        }
        if options.len() > 32 {
            problems.push(table.places.problem(
                &question.id,
                format!("{name} has more than 32 options"),
                "let Value::Choices hold more bits",
            ));
        }
        let shared = Shared {
            kind,
            format,
            max: question.max,
            options,
            name_in_messages: question.name_in_messages.as_ref().map(|words| {
                let welsh = words.cy.as_ref().map(|text| text.get_ref().clone());
                (words.en.get_ref().clone(), welsh)
            }),
        };
        match known.shared.get(name) {
            None => {
                known.order.push(name.clone());
                known.shared.insert(name.clone(), shared);
            }
            Some(first) if *first != shared => problems.push(table.places.problem(
                &question.id,
                format!("{name} is asked elsewhere with another kind, format, max, name or options"),
                "make the rows agree; only label, required and applies_when may differ",
            )),
            Some(_) => {}
        }
    }
}

fn known_as(
    word: &Spanned<String>,
    names: &'static [(&'static str, &'static str)],
    what: &str,
    places: &Places,
    problems: &mut Vec<Problem>,
) -> &'static str {
    if let Some((_, rust)) = names.iter().find(|(name, _)| name == word.get_ref()) {
        return rust;
    }
    let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    problems.push(places.problem(
        word,
        format!("there is no {what} \"{}\"", word.get_ref()),
        format!("write one of {}", all.join(", ")),
    ));
    ""
}

fn is_question_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    parts.len() > 1
        && parts.iter().all(|part| {
            let word = part.strip_suffix("[]").unwrap_or(part);
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        && name.matches("[]").count() <= 1
        && !name.ends_with("[]")
}

fn judge_conditions(sources: &Sources, known: &mut Known, written: &mut Written, problems: &mut Vec<Problem>) {
    let table = match sources.table::<Conditions>("conditions.toml") {
        Ok(table) => table,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    table.rows.table.judge(&table.places, problems);
    written.headers.push_str(&table.rows.table.written());
    for row in &table.rows.condition {
        let name = row.name.get_ref();
        // A condition sees only those before it, so none can wait on itself.
        match condition::read(row.means.get_ref(), known) {
            Ok(condition) => {
                if known.named.insert(name.clone(), condition).is_some()
                    || DECIDED_IN_CODE.iter().any(|(code, ..)| code == name)
                {
                    problems.push(table.places.problem(
                        &row.name,
                        format!("{name} is there twice"),
                        "give it another name",
                    ));
                }
            }
            Err(what) => problems.push(table.places.problem(
                &row.means,
                what,
                "see the grammar in src/tables/judge/condition.rs",
            )),
        }
    }
}

fn write_section(
    table: &Table<SectionFile>,
    asking: &[&(String, Vec<String>)],
    known: &Known,
    last: &mut usize,
    written: &mut Written,
    problems: &mut Vec<Problem>,
) {
    written.line(table.rows.section.id.get_ref());
    table.rows.section.title.write(written);
    written.number(table.rows.question.len());
    for question in &table.rows.question {
        let name = question.id.get_ref();
        let mut read = |text: &str, at: &Spanned<String>, earlier_only: bool| -> Vec<u8> {
            match condition::read(text, known) {
                Err(what) => {
                    problems.push(
                        table
                            .places
                            .problem(at, what, "see the grammar in src/tables/judge/condition.rs"),
                    );
                    Vec::new()
                }
                Ok(condition) => {
                    for (form, questions) in asking {
                        let own = questions.iter().position(|asked| asked == name);
                        for read in &condition.reads {
                            let place = questions.iter().position(|asked| asked == read);
                            if place.is_none() {
                                problems.push(table.places.problem(
                                    at,
                                    format!("{name} waits on {read}, which {form} does not ask"),
                                    "read only questions of the same form",
                                ));
                            } else if earlier_only && place >= own {
                                problems.push(table.places.problem(
                                    at,
                                    format!("{name} waits on {read}, which is not asked before it"),
                                    "let `applies_when` read earlier questions only",
                                ));
                            }
                        }
                    }
                    condition.bytes
                }
            }
        };
        let applies = question
            .applies_when
            .as_ref()
            .map(|when| read(when.get_ref(), when, true));
        let (required, when) = match question.required.get_ref().as_str() {
            "always" => (0, None),
            "no" => (1, None),
            other => match other.strip_prefix("when ") {
                Some(when) => (2, Some(read(when, &question.required, false))),
                None => {
                    problems.push(table.places.problem(
                        &question.required,
                        format!("\"{other}\" does not say when {name} is required"),
                        "write always, no, or when and a condition",
                    ));
                    (1, None)
                }
            },
        };
        // Nearly always it is the next question, which is not said.
        let number = known.number(name).unwrap_or_default();
        let is_next = step(*last, number) == 1;
        written.number(required + if applies.is_some() { 3 } else { 0 } + if is_next { 0 } else { 6 });
        if !is_next {
            written.number(number);
        }
        *last = number;
        written.bytes.extend(applies.unwrap_or_default());
        written.bytes.extend(when.unwrap_or_default());
        question.label.write(written);
    }
}
