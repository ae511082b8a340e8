//! What holds for every submission? The laws of a whole form, on made-up answers: sensible, wrong and hostile ones.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use ncrs_form_check::{Context, Form, Options, Profile, Report, Status, check, rules};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// The rules that alone read answers to questions that do not apply (onboarding.md 4.5).
const OF_LEFT_OVER_ANSWERS: &[&str] = &["PDS-025", "LEG-014", "SCR-012", "RAU-009", "SUP-005"];

/// A question as the tables have it, for an oracle that shares no code with what it judges.
struct Asked {
    name: String,
    kind: String,
    options: Vec<String>,
    required: String,
    /// The parts of `applies_when` that `and` joins. There is no `or` in any.
    applies: Vec<String>,
}

fn table(path: &str) -> toml::Table {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The questions of each form, in order.
static FORMS: LazyLock<BTreeMap<&'static str, Vec<Asked>>> = LazyLock::new(|| {
    let forms = table("src/tables/forms.toml");
    Form::ALL
        .into_iter()
        .map(|form| {
            let row = forms["form"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| row["id"].as_str() == Some(form.id()));
            let asked = row.unwrap()["sections"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|path| questions(path.as_str().unwrap()))
                .collect();
            (form.id(), asked)
        })
        .collect()
});

/// The section of each question of a form.
static SECTION_OF: LazyLock<BTreeMap<(&'static str, String), String>> = LazyLock::new(|| {
    let forms = table("src/tables/forms.toml");
    let mut sections = BTreeMap::new();
    for form in Form::ALL {
        let row = forms["form"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"].as_str() == Some(form.id()));
        for path in row.unwrap()["sections"].as_array().unwrap() {
            let section = table(&format!("src/tables/{}", path.as_str().unwrap()));
            for question in section["question"].as_array().unwrap() {
                let name = question["id"].as_str().unwrap().to_owned();
                sections.insert((form.id(), name), section["section"]["id"].as_str().unwrap().to_owned());
            }
        }
    }
    sections
});

fn questions(path: &str) -> Vec<Asked> {
    let section = table(&format!("src/tables/{path}"));
    let rows = section["question"].as_array().unwrap();
    rows.iter()
        .map(|row| {
            let applies = row
                .get("applies_when")
                .and_then(toml::Value::as_str)
                .unwrap_or_default();
            assert!(
                !applies.contains(" or "),
                "{applies}: the oracle of this test reads no `or`"
            );
            let options = row.get("options").and_then(toml::Value::as_array);
            Asked {
                name: row["id"].as_str().unwrap().to_owned(),
                kind: row["kind"].as_str().unwrap().to_owned(),
                required: row["required"].as_str().unwrap().to_owned(),
                options: options
                    .into_iter()
                    .flatten()
                    .map(|option| option["value"].as_str().unwrap().to_owned())
                    .collect(),
                applies: applies
                    .split(" and ")
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect(),
            }
        })
        .collect()
}

/// Texts that break things, from the big list of naughty strings.
static HOSTILE: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(&fs::read_to_string("tests/hostile/blns.json").unwrap()).unwrap());

/// Complete applications, from which half of the made-up ones start.
static BASES: LazyLock<BTreeMap<String, Vec<(String, String)>>> = LazyLock::new(|| {
    table("tests/rules/bases.toml")
        .into_iter()
        .map(|(name, base)| {
            let pairs = base
                .as_table()
                .unwrap()
                .iter()
                .flat_map(|(question, answer)| match answer {
                    toml::Value::Array(items) => items
                        .iter()
                        .map(|item| (question.clone(), item.as_str().unwrap().to_owned()))
                        .collect(),
                    text => vec![(question.clone(), text.as_str().unwrap().to_owned())],
                });
            (name, pairs.collect())
        })
        .collect()
});

/// The rules that compare their question with another.
static READING: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let files = fs::read_dir("src/tables/rules").unwrap();
    files
        .flat_map(|file| {
            let name = file.unwrap().file_name().into_string().unwrap();
            let rules = table(&format!("src/tables/rules/{name}"));
            let rules = rules["rule"].as_array().unwrap().clone();
            rules.into_iter().filter(|rule| rule.get("reads").is_some())
        })
        .map(|rule| rule["id"].as_str().unwrap().to_owned())
        .collect()
});

/// A mark that every text somebody writes here holds, so that it can be looked for in what comes out.
const MARK: &str = "zqxj";

/// Answers to a question of this kind, right and wrong ones.
fn samples(asked: &Asked) -> Vec<String> {
    let texts: &[&str] = match asked.kind.as_str() {
        "yes-no" => &["yes", "no", "YES", "off", "true", "0", "maybe", " "],
        "confirm" => &["on", "yes", "no", "false", "whatever", ""],
        "date" => &[
            "2026-11-20",
            "2026-11-23",
            "31/6/2026",
            "5 June 2026",
            "soon",
            "2024-02-29",
            "1 1 999",
        ],
        "whole-number" => &["1", "950", "0", "-1", "1,200", "ten", "42000", "9999999999", "24.0"],
        "version" => &["10", "9", "17.5.1", "11", "x", "1000"],
        "email" => &["a@nhs.net", "A@NHS.NET ", "b@gmail.com", "bad", "c@zqxj.example"],
        "ods-code" | "dspt-code" => &[
            "R9K", "r9k", "RGT", "A81001", "8QQ01", "R9K-A1", "zqxj", "RXK52", "12345",
        ],
        "long-text" => &[
            "We zqxj 943 476 5919",
            "born 1/2/1960 zqxj, AB123456C",
            "zqxj and some more words, so that this is a description of enough length",
            "short",
        ],
        "identifier" => &[
            "999000111222",
            "9990-0011-1222",
            "R8000",
            "R0001",
            "1-123456789",
            "20/CAG/0001",
            "PIAG 1",
            "SC123456",
            "NIC-12345-A1B2C",
            "1234567",
            "zqxj",
        ],
        "text-list" => &["B0370", "B0168", "B0370, B0015", "zqxj", ",;"],
        "dspt-edition" => &[
            "2026-27",
            "25/26",
            "2024 to 2025",
            "2018-19",
            "2027-28",
            "zqxj",
            "1999-2000",
        ],
        "dspt-status" => &[
            "standards_met",
            "Standards Met",
            "25/26 Standards Met",
            "approaching_standards",
            "plan_agreed",
            "not_published",
            "in_progress",
            "standards_not_met",
            "zqxj",
            "interim",
            "ig_toolkit",
        ],
        "dspt-version" => &["8", "v9", "09", "x"],
        "postcode" => &["LE7 9ZX", "le79zx", "zqxj"],
        "telephone" => &["01632 960 001", "+44 7700 900 982", "zqxj"],
        "ico-number" => &["ZA123456", "C1234567", "zqxj"],
        "web-address" => &["https://zqxj.example/privacy", "http://zqxj.example", "zqxj"],
        _ => &["Juno Velleacott", "JUNO  velleacott", "Pell Hartigan", "zqxj", ""],
    };
    let mut samples: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    if matches!(asked.kind.as_str(), "text" | "long-text") {
        samples.push(MARK.repeat(600));
    }
    if !asked.options.is_empty() {
        samples = asked.options.clone();
        samples.extend([
            "zqxj".to_owned(),
            String::new(),
            asked.options[0].to_uppercase().replace('_', " - "),
        ]);
    }
    samples
}

/// One made-up answer, before it is known which question there is.
type Draw = (Index, Index, Index, u8);

/// Made-up answers to a form, as pairs. A question that takes one answer has one, or one in parts.
fn made_up(form: Form) -> impl Strategy<Value = Vec<(String, String)>> {
    let draw = (any::<Index>(), any::<Index>(), any::<Index>(), any::<u8>());
    (0..5_u8, prop::collection::vec(draw, 0..60)).prop_map(move |(start, draws)| answers(form, start, &draws))
}

fn answers(form: Form, start: u8, draws: &[Draw]) -> Vec<(String, String)> {
    let asked = &FORMS[form.id()];
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let base = match (form, start) {
        (Form::DsptDeclaration, 0..=2) => Some("declaration"),
        (_, 0 | 1) => Some("end_user"),
        (_, 2) => Some("supplier"),
        _ => None,
    };
    for (name, text) in base.map_or(&[][..], |base| BASES[base].as_slice()) {
        let known = |asked: &Asked| asked.name == any_row(name);
        if asked.iter().any(known) {
            answers.entry(name.clone()).or_default().push(text.clone());
        }
    }
    for (which, sample, hostile, rest) in draws {
        let asked = &asked[which.index(asked.len())];
        let row = ["[0]", "[1]", "[2]", "[7]", "[12]"][usize::from(rest % 5)];
        let name = asked.name.replace("[]", row);
        let samples = samples(asked);
        let text = if rest / 5 % 6 == 0 {
            HOSTILE[hostile.index(HOSTILE.len())].clone()
        } else {
            samples[sample.index(samples.len())].clone()
        };
        let many = matches!(asked.kind.as_str(), "choices" | "text-list");
        if asked.kind == "date" && rest / 30 % 2 == 0 {
            answers.remove(&name);
            for (part, text) in ["day", "month", "year"].iter().zip(text.splitn(3, ['-', '/', ' '])) {
                answers.insert(format!("{name}.{part}"), vec![text.to_owned()]);
            }
            continue;
        }
        for part in ["day", "month", "year"] {
            answers.remove(&format!("{name}.{part}"));
        }
        let given = answers.entry(name).or_default();
        if !many {
            given.clear();
        }
        given.push(text);
    }
    answers
        .into_iter()
        .flat_map(|(name, texts)| texts.into_iter().map(move |text| (name.clone(), text)))
        .collect()
}

/// `ra.users[2].uuid` as `ra.users[].uuid`, without the part of a date.
fn any_row(name: &str) -> String {
    let whole = [".day", ".month", ".year"]
        .iter()
        .find_map(|part| name.strip_suffix(part))
        .unwrap_or(name);
    match whole
        .split_once('[')
        .and_then(|(list, rest)| Some((list, rest.split_once(']')?.1)))
    {
        Some((list, rest)) => format!("{list}[]{rest}"),
        None => whole.to_owned(),
    }
}

fn row_of(name: &str) -> Option<&str> {
    name.split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(row, _)| row)
}

fn today() -> Context {
    Context::new("2026-11-22".parse().unwrap())
}

fn judged(form: Form, pairs: &[(String, String)], context: &Context) -> Report {
    check(form, &Answers::from_pairs(pairs.to_vec()), context).unwrap()
}

fn from_json(form: Form, json: &Value) -> Report {
    check(form, &serde_json::from_value(json.clone()).unwrap(), &today()).unwrap()
}

/// The same answers as one object. A name that comes more than once is a list.
fn nested(pairs: &[(String, String)], leaf: impl Fn(&str) -> Value) -> Value {
    let mut whole = json!({});
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    for name in names {
        let mut texts: Vec<Value> = pairs
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, text)| leaf(text))
            .collect();
        let value = if texts.len() == 1 {
            texts.remove(0)
        } else {
            Value::Array(texts)
        };
        let mut place = &mut whole;
        for step in name.split('.') {
            let (key, row) = match step.split_once('[') {
                Some((key, row)) => (key, Some(row.trim_end_matches(']').parse::<usize>().unwrap())),
                None => (step, None),
            };
            place = place.as_object_mut().unwrap().entry(key).or_insert_with(|| match row {
                Some(_) => json!([]),
                None => json!({}),
            });
            if let Some(row) = row {
                let rows = place.as_array_mut().unwrap();
                while rows.len() <= row {
                    rows.push(Value::Null);
                }
                place = &mut rows[row];
                if place.is_null() {
                    *place = json!({});
                }
            }
        }
        *place = value;
    }
    whole
}

fn text_leaf(text: &str) -> Value {
    json!(text)
}

/// The oracle: which questions cannot apply, whatever else is true?
struct Hidden<'a> {
    form: &'a [Asked],
    pairs: &'a [(String, String)],
}

impl Hidden<'_> {
    /// True when a part of `applies_when` is certainly false. What the DSPT conditions say is left to the other parts.
    fn is_hidden(&self, name: &str) -> bool {
        let asked = self.form.iter().find(|asked| asked.name == any_row(name)).unwrap();
        asked.applies.iter().any(|part| !self.may_be_so(part, row_of(name)))
    }

    fn may_be_so(&self, part: &str, row: Option<&str>) -> bool {
        let words: Vec<&str> = part.split(' ').collect();
        let purpose = |options: &[&str]| options.iter().any(|option| self.says("legal.purpose", option, None));
        let supplier = || self.says("journey.applicant_type", "system_supplier", None);
        match words.as_slice() {
            ["end_user"] => !supplier(),
            ["supplier"] => supplier(),
            ["direct_care"] => purpose(&["direct_care", "direct_care_admin"]),
            ["purpose_needs_statute"] => purpose(&["safeguarding", "statutory_function", "other"]),
            ["dspt_dated" | "dspt_plan"] => true,
            ["not", question, "=", option] => !self.says(question, option, row),
            [question, "=" | "has", option] => self.says(question, option, row),
            [question, "in", options @ ..] => options.iter().any(|option| self.says(question, option, row)),
            _ => panic!("{part}: the oracle of this test does not know this condition"),
        }
    }

    /// True when the question applies as far as is known, and this value is chosen there.
    fn says(&self, question: &str, value: &str, row: Option<&str>) -> bool {
        let Some(asked) = self.form.iter().find(|asked| asked.name == question) else {
            return false;
        };
        let name = question.replace("[]", &format!("[{}]", row.unwrap_or_default()));
        if self.is_hidden(&name) {
            return false;
        }
        let is = |text: &str| match (asked.kind.as_str(), value) {
            ("yes-no", "yes") => ["yes", "y", "true", "1", "on"].contains(&lower(text).as_str()),
            ("yes-no", _) => ["no", "n", "false", "0", "off"].contains(&lower(text).as_str()),
            _ => plain(text) == value,
        };
        self.pairs.iter().any(|(other, text)| *other == name && is(text))
    }
}

/// As words are compared: without width and case.
fn lower(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap(),
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_ascii_lowercase()
}

/// As options are compared: also without the kind and number of gaps.
fn plain(text: &str) -> String {
    let gap = |c: &char| *c == '-' || c.is_whitespace();
    let letters: Vec<char> = lower(text).chars().collect();
    let runs = letters.chunk_by(|one, other| gap(one) == gap(other));
    runs.map(|run| {
        if gap(&run[0]) {
            "_".to_owned()
        } else {
            run.iter().collect()
        }
    })
    .collect()
}

fn without(report: &Report, rules: &[&str]) -> Vec<(String, String)> {
    let told = report.findings.iter().filter(|finding| !rules.contains(&finding.rule));
    told.map(|finding| (finding.rule.to_owned(), finding.question.clone()))
        .collect()
}

/// Needed, answered and missing of each section: everything that is counted.
fn numbers(report: &Report) -> Vec<(u32, u32, Vec<String>)> {
    let sections = report.sections.iter();
    sections
        .map(|section| (section.needed, section.answered, section.missing.clone()))
        .collect()
}

fn form() -> impl Strategy<Value = Form> {
    // The long form most of the time: the others are mostly parts of it.
    prop_oneof![
        5 => Just(Form::NcrsOnboarding),
        2 => Just(Form::PdsAccess),
        2 => Just(Form::DsptDeclaration),
        1 => Just(Form::OdsCode),
    ]
}

fn filled_form() -> impl Strategy<Value = (Form, Vec<(String, String)>)> {
    form().prop_flat_map(|form| made_up(form).prop_map(move |pairs| (form, pairs)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_question_that_does_not_apply_is_silent_and_is_not_counted((form, pairs) in filled_form()) {
        let oracle = Hidden { form: &FORMS[form.id()], pairs: &pairs };
        let report = judged(form, &pairs, &today());
        for finding in &report.findings {
            prop_assert!(!oracle.is_hidden(&finding.question), "{} on {}", finding.rule, finding.question);
        }
        for missing in report.sections.iter().flat_map(|section| &section.missing) {
            prop_assert!(!oracle.is_hidden(missing), "{missing} is missing");
        }
        for section in report.sections.iter().filter(|section| section.status == Status::NotNeeded) {
            prop_assert_eq!((section.needed, section.answered), (0, 0));
        }
    }

    #[test]
    fn a_question_that_applies_is_missed_when_it_is_always_required_and_not_when_it_never_is((form, pairs) in filled_form()) {
        let oracle = Hidden { form: &FORMS[form.id()], pairs: &pairs };
        let report = judged(form, &pairs, &today());
        let missing: BTreeSet<&String> = report.sections.iter().flat_map(|section| &section.missing).collect();
        for asked in &FORMS[form.id()] {
            let row = asked.name.contains("[]");
            let unsure = asked.applies.iter().any(|part| part.starts_with("dspt_"));
            if row || unsure || pairs.iter().any(|(name, _)| any_row(name) == asked.name) {
                continue;
            }
            let expected = match asked.required.as_str() {
                "always" => !oracle.is_hidden(&asked.name),
                "no" => false,
                _ => continue,
            };
            prop_assert_eq!(missing.contains(&asked.name), expected, "{}", asked.name);
        }
    }

    #[test]
    fn an_answer_that_stays_behind_changes_nothing_but_what_says_so((form, pairs) in filled_form()) {
        let oracle = Hidden { form: &FORMS[form.id()], pairs: &pairs };
        // Of a row the hidden answers stay: a row of nothing else would go away with them.
        let open: Vec<_> =
            pairs.iter().filter(|(name, _)| row_of(name).is_some() || !oracle.is_hidden(name)).cloned().collect();
        let (with, bare) = (judged(form, &pairs, &today()), judged(form, &open, &today()));
        prop_assert_eq!(without(&with, OF_LEFT_OVER_ANSWERS), without(&bare, OF_LEFT_OVER_ANSWERS));
        if with.findings == bare.findings {
            prop_assert_eq!(numbers(&with), numbers(&bare));
        }
    }

    #[test]
    fn hiding_and_showing_a_question_again_is_as_never_hiding_it(
        (form, pairs) in filled_form(), which in any::<Index>(), other in any::<Index>(),
    ) {
        let context = today();
        let before = judged(form, &pairs, &context);
        // A page keeps one context: whatever is asked in between must leave nothing behind in it.
        let mut changed = pairs.clone();
        if !changed.is_empty() {
            let place = which.index(changed.len());
            changed[place].1 = ["no", "yes", "system_supplier", "parent", "read"][other.index(5)].to_owned();
        }
        let between = judged(form, &changed, &context);
        prop_assert_eq!(&judged(form, &pairs, &context), &before);
        prop_assert_eq!(judged(form, &changed, &today()), between);
    }

    #[test]
    fn progress_is_complete_exactly_when_no_error_is_told_and_nothing_required_is_blank((form, pairs) in filled_form()) {
        let report = judged(form, &pairs, &today());
        let errors = report.findings.iter().any(|finding| finding.severity == Severity::Error);
        let missing = report.sections.iter().any(|section| !section.missing.is_empty());
        let complete = report.progress.answered == report.progress.needed;
        prop_assert_eq!(complete, !errors && !missing);
        for section in &report.sections {
            prop_assert!(section.answered as usize + section.missing.len() <= section.needed as usize);
        }
        prop_assert_eq!(report.progress.needed, report.sections.iter().map(|section| section.needed).sum::<u32>());
        prop_assert_eq!(report.progress.answered, report.sections.iter().map(|section| section.answered).sum::<u32>());
    }

    #[test]
    fn the_status_of_a_section_follows_from_what_is_told_and_missed((form, pairs) in filled_form()) {
        let report = judged(form, &pairs, &today());
        let asked = &FORMS[form.id()];
        for section in &report.sections {
            // A question of the form stands in one section; the tables name them in the order of the sections.
            let told = report.findings.iter().filter(|finding| SECTION_OF[&(form.id(), any_row(&finding.question))] == section.id);
            let problem = told.into_iter().any(|finding| match finding.severity {
                Severity::Stop => true,
                Severity::Error => !section.missing.contains(&finding.question),
                _ => false,
            });
            match section.status {
                Status::NotNeeded => prop_assert!(!problem && section.needed == 0),
                Status::Problem => prop_assert!(problem, "{}", section.id),
                Status::Completed => prop_assert!(!problem && section.needed == section.answered),
                Status::NotStarted => prop_assert!(!problem && section.answered == 0 && section.needed > 0),
                Status::InProgress => {
                    prop_assert!(!problem && section.answered < section.needed);
                    // Something of it was answered, by whatever name.
                    let begun = asked.iter().any(|asked| {
                        SECTION_OF[&(form.id(), asked.name.clone())] == section.id
                            && pairs.iter().any(|(name, text)| any_row(name) == asked.name && !text.trim().is_empty())
                    });
                    prop_assert!(begun);
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_answers_does_not_matter(
        (form, pairs) in filled_form(), keys in prop::collection::vec(any::<u32>(), 200),
    ) {
        let before = judged(form, &pairs, &today());
        // Names are shuffled; what stands under one name keeps its order.
        let mut names: Vec<&String> = pairs.iter().map(|(name, _)| name).collect();
        names.dedup();
        let mut order: Vec<(u32, &String)> = keys.iter().copied().cycle().zip(names).collect();
        order.sort();
        let shuffled: Vec<_> = order
            .iter()
            .flat_map(|(_, name)| pairs.iter().filter(move |(other, _)| other == *name))
            .cloned()
            .collect();
        prop_assert_eq!(&judged(form, &shuffled, &today()), &before);
        let backwards: Vec<_> = {
            let mut names: Vec<&String> = pairs.iter().map(|(name, _)| name).collect();
            names.dedup();
            names.iter().rev().flat_map(|name| pairs.iter().filter(move |(other, _)| other == *name)).cloned().collect()
        };
        prop_assert_eq!(judged(form, &backwards, &today()), before);
    }

    #[test]
    fn nested_answers_and_pairs_give_the_same_report((form, pairs) in filled_form()) {
        let as_pairs = judged(form, &pairs, &today());
        let mut as_object = from_json(form, &nested(&pairs, text_leaf));
        prop_assert_eq!(&as_object, &as_pairs, "{:?}", as_object.unknown);
        let listed: Vec<Value> = pairs.iter().map(|(name, text)| json!([name, text])).collect();
        as_object = from_json(form, &Value::Array(listed));
        prop_assert_eq!(as_object, as_pairs);
    }

    #[test]
    fn numbers_and_true_and_false_mean_the_same_as_their_texts((form, pairs) in filled_form()) {
        let typed = |text: &str| match text {
            "true" | "false" => json!(text == "true"),
            _ => match text.parse::<i64>() {
                Ok(number) if number.to_string() == text => json!(number),
                _ => json!(text),
            },
        };
        let texts = from_json(form, &nested(&pairs, text_leaf));
        prop_assert_eq!(from_json(form, &nested(&pairs, typed)), texts);
    }

    #[test]
    fn a_check_of_some_questions_tells_a_part_of_what_a_check_of_all_tells(
        (form, pairs) in filled_form(), which in prop::collection::vec(any::<Index>(), 0..12), row in 0..3_u8,
    ) {
        let asked = &FORMS[form.id()];
        let only: BTreeSet<String> = which
            .iter()
            .map(|which| &asked[which.index(asked.len())].name)
            .map(|name| if row == 0 { name.clone() } else { name.replace("[]", "[0]") })
            .collect();
        let context = Context::from_options(&Options {
            today: "2026-11-22".to_owned(),
            only: Some(only.iter().cloned().collect()),
            ..Options::default()
        });
        let (whole, part) = (judged(form, &pairs, &today()), judged(form, &pairs, &context.unwrap()));
        for finding in &part.findings {
            prop_assert!(whole.findings.contains(finding), "{finding:?}");
            prop_assert!(only.contains(&finding.question) || only.contains(&any_row(&finding.question)));
        }
        prop_assert_eq!(&part.sections, &whole.sections);
        prop_assert_eq!(part.progress, whole.progress);
        // What stands alone is told in both.
        for finding in whole.findings.iter().filter(|finding| !READING.contains(finding.rule)) {
            if only.contains(&finding.question) || only.contains(&any_row(&finding.question)) {
                prop_assert!(part.findings.contains(finding), "{finding:?}");
            }
        }
    }

    #[test]
    fn a_question_that_is_not_asked_is_silent_and_is_not_counted(
        (form, pairs) in filled_form(), which in prop::collection::vec(any::<Index>(), 0..40),
    ) {
        let asked = &FORMS[form.id()];
        let page: BTreeSet<String> = which.iter().map(|which| asked[which.index(asked.len())].name.clone()).collect();
        let context = Context::from_options(&Options {
            today: "2026-11-22".to_owned(),
            asked: Some(page.iter().cloned().collect()),
            ..Options::default()
        });
        let report = judged(form, &pairs, &context.unwrap());
        let named = report.findings.iter().map(|finding| &finding.question);
        for name in named.chain(report.sections.iter().flat_map(|section| &section.missing)) {
            prop_assert!(page.contains(&any_row(name)), "{name}");
        }
        let dropped = asked.iter().map(|asked| asked.name.clone()).filter(|name| !page.contains(name)).collect();
        let context = Context::from_options(&Options {
            today: "2026-11-22".to_owned(),
            profile: Some(Profile { drop: dropped, ..Profile::default() }),
            ..Options::default()
        });
        prop_assert_eq!(judged(form, &pairs, &context.unwrap()), report, "dropped is as good as not asked");
    }

    #[test]
    fn a_stop_changes_no_number((form, pairs) in filled_form()) {
        let stops = rules().into_iter().filter(|rule| rule.severity == Severity::Stop);
        let profile = Profile {
            rules: stops.map(|rule| (rule.id.to_owned(), "off".to_owned())).collect(),
            ..Profile::default()
        };
        let context = Context::from_options(&Options {
            today: "2026-11-22".to_owned(),
            profile: Some(profile),
            ..Options::default()
        });
        let (with, bare) = (judged(form, &pairs, &today()), judged(form, &pairs, &context.unwrap()));
        prop_assert_eq!(numbers(&with), numbers(&bare));
        prop_assert_eq!(with.progress, bare.progress);
        let told = |report: &Report| -> Vec<_> {
            report.findings.iter().filter(|finding| finding.severity != Severity::Stop).cloned().collect()
        };
        prop_assert_eq!(told(&with), told(&bare));
    }

    #[test]
    fn findings_stand_in_question_order_then_rule_order_and_none_twice((form, pairs) in filled_form()) {
        let asked = &FORMS[form.id()];
        let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        let report = judged(form, &pairs, &today());
        let places: Vec<(usize, usize, usize, usize)> = report
            .findings
            .iter()
            .map(|finding| {
                let question = asked.iter().position(|asked| asked.name == any_row(&finding.question)).unwrap();
                // All of row 0 stands before row 1, where the first question of its list stands.
                let list = finding.question.split_once('[').map(|(list, _)| format!("{list}[]"));
                let first = list.map_or(question, |list| {
                    asked.iter().position(|asked| asked.name.starts_with(&list)).unwrap()
                });
                let row = row_of(&finding.question).map_or(0, |row| row.parse().unwrap());
                (first, row, question, ids.iter().position(|id| *id == finding.rule).unwrap())
            })
            .collect();
        prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", without(&report, &[]));
    }

    #[test]
    fn params_are_those_of_the_message_and_nothing_typed_comes_out((form, pairs) in filled_form()) {
        let rules: BTreeMap<&str, Vec<&str>> = rules()
            .into_iter()
            .map(|rule| {
                let variants = rule.variants.iter().map(|variant| variant.messages.en);
                (rule.id, variants.chain([rule.messages.en]).collect())
            })
            .collect();
        let report = judged(form, &pairs, &today());
        for finding in &report.findings {
            let names: Vec<&str> = finding.params.0.iter().map(|(name, _)| *name).collect();
            prop_assert!(names.is_sorted());
            prop_assert!(!finding.message.is_empty() && !finding.message.contains(['{', '}']), "{}", finding.message);
            if !finding.rule.starts_with("ODS-") {
                let mut placeholders: Vec<&str> =
                    rules[finding.rule][0].split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
                placeholders.sort_unstable();
                prop_assert_eq!(names, placeholders, "{}", finding.rule);
            }
        }
        let told = serde_json::to_string(&report).unwrap().to_lowercase();
        prop_assert!(!told.contains(MARK), "{told}");
    }

    #[test]
    fn no_answers_of_any_shape_make_a_check_fail((form, json) in (form(), any_object())) {
        if let Ok(answers) = serde_json::from_value::<Answers>(json) {
            let report = check(form, &answers, &today()).unwrap();
            prop_assert!(report.unknown.is_sorted());
            prop_assert_eq!(check(form, &answers, &today()).unwrap(), report, "checking twice");
        }
    }
}

/// Objects and lists of any shape, with names that are ours and names that are not.
fn any_object() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<Index>().prop_map(|which| json!(HOSTILE[which.index(HOSTILE.len())])),
        prop::sample::select(vec!["yes", "no", "system_supplier", "2026-11-20", "R9K", "ncrs"]).prop_map(Value::from),
    ];
    let name = prop_oneof![
        prop::sample::select(vec![
            "journey",
            "applicant_type",
            "organisation",
            "ods_code",
            "name",
            "contacts",
            "applicant",
            "dpo",
            "pds",
            "access_methods",
            "use_case",
            "scr",
            "wanted",
            "privacy_officers",
            "email",
            "ra",
            "users",
            "uuid",
            "activity_codes",
            "start_date",
            "declaration",
            "date",
            "day",
            "month",
            "year",
            "dspt",
            "published",
            "ra.users[0].name",
            "ra.users[3]",
            "ra.users[0].start_date.day",
            "users[1]",
            "access_methods[]",
            "declaration.date",
            "declaration.date.day",
            "supplier",
            "[]",
            "[",
            "]",
            ".",
            "",
            "[0]",
            "a.b",
            "ra.users[",
        ])
        .prop_map(str::to_owned),
        any::<Index>().prop_map(|which| HOSTILE[which.index(HOSTILE.len())].clone()),
    ];
    let value = leaf.prop_recursive(5, 96, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(Map::from_iter(entries))),
        ]
    });
    value.prop_map(|value| match value {
        Value::Object(_) | Value::Array(_) => value,
        other => json!({ "organisation": { "ods_code": other, "name": [other] }, "ra": { "users": [other] } }),
    })
}

#[test]
fn every_hostile_text_can_be_typed_into_every_question_of_every_form() {
    for form in Form::ALL {
        for text in HOSTILE.iter() {
            for decider in ["yes", text] {
                let pairs = FORMS[form.id()].iter().map(|asked| {
                    let decides = matches!(asked.kind.as_str(), "yes-no" | "choice");
                    let text = if decides { decider } else { text };
                    (asked.name.replace("[]", "[1]"), text.to_owned())
                });
                let pairs: Vec<_> = pairs.collect();
                assert_eq!(judged(form, &pairs, &today()).unknown, [""; 0]);
            }
        }
    }
}

#[test]
fn a_hostile_text_is_a_name_that_is_unknown_and_is_listed_once() {
    let mut pairs: Vec<(String, String)> = HOSTILE.iter().map(|text| (text.clone(), "x".to_owned())).collect();
    pairs.extend(pairs.clone());
    let report = judged(Form::NcrsOnboarding, &pairs, &today());
    let expected: BTreeSet<&String> = HOSTILE.iter().collect();
    assert_eq!(report.unknown.iter().collect::<Vec<_>>(), Vec::from_iter(expected));
}

/// The shortest of a few runs: the least disturbed one.
fn time_of(pairs: &[(String, String)]) -> Duration {
    let answers = Answers::from_pairs(pairs.to_vec());
    let context = today();
    let run = || {
        let start = Instant::now();
        let report = check(Form::NcrsOnboarding, &answers, &context).unwrap();
        assert!(!report.findings.is_empty());
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap()
}

fn rows(count: usize) -> Vec<(String, String)> {
    let mut pairs = vec![("scr.wanted".to_owned(), "yes".to_owned())];
    for row in 0..count {
        for (question, text) in [
            ("name", format!("Person {row}")),
            ("has_care_id", "yes".to_owned()),
            ("uuid", format!("{row:012}")),
            ("role_code", "R8000".to_owned()),
            ("activity_codes", "B0015, B0016, nothing".to_owned()),
            ("start_date", "2026-12-01".to_owned()),
            ("end_date", "2026-11-30".to_owned()),
            ("notes", "Born 1/2/1960, 943 476 5919".to_owned()),
        ] {
            pairs.push((format!("ra.users[{row}].{question}"), text));
        }
        pairs.push((format!("scr.privacy_officers[{row}].name"), format!("Person {row}")));
        pairs.push((format!("unknown[{row}]"), "x".to_owned()));
    }
    pairs
}

#[test]
fn work_grows_with_the_number_of_rows_and_no_faster() {
    // Quadratic work would take 50 times as long for each row of the many; the rest is room for a busy machine.
    let per_row = |count: usize| time_of(&rows(count)).as_secs_f64() / count as f64;
    let (few, some, many) = (per_row(200), per_row(2_000), per_row(10_000));
    assert!(
        some / few < 5.0 && many / few < 8.0,
        "{few:e} s a row of 200, {some:e} of 2,000, {many:e} of 10,000"
    );
}

#[test]
fn work_grows_with_the_length_of_an_answer_and_no_faster_and_only_its_start_is_read() {
    // Digits, dates, words for birth and separators, for whatever looks for them.
    for piece in [
        "943 476 591 ",
        "born 1/2/60 ",
        "1          ",
        "a@",
        "AB12 ",
        "B0370,",
        ".",
        "x\u{200b}",
    ] {
        let long = |length: usize| -> Vec<(String, String)> {
            let text: String = piece.chars().cycle().take(length).collect();
            FORMS["ncrs-onboarding"]
                .iter()
                .map(|asked| (asked.name.replace("[]", "[0]"), text.clone()))
                .collect()
        };
        let per_character = |length: usize| time_of(&long(length)).as_secs_f64() / length as f64;
        let (short, whole, huge) = (per_character(1_000), per_character(10_000), per_character(200_000));
        assert!(
            whole / short < 8.0,
            "{piece:?}: {short:e} s a character of 1,000, {whole:e} of 10,000"
        );
        assert!(
            huge < whole,
            "{piece:?}: {whole:e} s a character of 10,000, {huge:e} of 200,000"
        );
    }
}
