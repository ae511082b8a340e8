//! What holds for fields that a page asks besides ours, whatever a host says of them and whatever is answered?

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Instant;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Form, Options, Report, check, rules};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// Made-up answers hold this, and nothing that is told does.
const MARK: &str = "qzx";

const KINDS: [&str; 16] = [
    "ods-code",
    "dspt-code",
    "text",
    "long-text",
    "email",
    "date",
    "postcode",
    "telephone",
    "ico-number",
    "whole-number",
    "choice",
    "choices",
    "yes-no",
    "confirm",
    "web-address",
    "identifier",
];

/// Kinds in which a person selects.
const SELECTED: [&str; 4] = ["choice", "choices", "yes-no", "confirm"];

const TEXTS: [&str; 22] = [
    "",
    " \u{200b}",
    "yes",
    "No",
    "a",
    "B ",
    "none",
    "qzx",
    "qzx@gmail.com",
    "someone@trust.example",
    "A81001",
    "LS14 6UH",
    "2026-11-22",
    "31/6/2020",
    "12",
    "1e3",
    "0113 496 0124",
    "https://qzx.example",
    "ZA123456",
    "born 1/2/1960 943 476 5919 AB123456C qzx",
    "\u{410}81001",
    "qzx qzx qzx qzx qzx qzx",
];

const ROWS: [u16; 3] = [0, 1, 7];

/// A field with its key, and the answers to it.
#[derive(Debug, Clone)]
struct Made {
    key: String,
    kind: &'static str,
    spec: Value,
    pairs: Vec<(String, String)>,
}

impl Made {
    fn is_list(&self) -> bool {
        self.key.contains('[')
    }

    fn waits(&self) -> bool {
        self.spec.get("when").is_some()
    }
}

/// What is drawn for one field.
type Draw = (Index, Index, u8, Index, [Index; 3], [bool; 3]);

/// Keys differ by their number. A condition reads an earlier field, so that there is no circle.
fn made(draws: &[Draw]) -> Vec<Made> {
    let mut fields: Vec<Made> = Vec::new();
    for (number, (kind, place, flags, waits_for, texts, came)) in draws.iter().enumerate() {
        let kind = KINDS[kind.index(KINDS.len())];
        let key = match place.index(4) {
            0 | 1 => format!("own_{number}"),
            2 => format!("sites[].x{number}"),
            _ => format!("sites[7].x{number}"),
        };
        let flag = |bit: u8| flags & (1 << bit) != 0;
        let mut spec = json!({ "kind": kind, "required": flag(0) });
        if flag(1) {
            match kind {
                "date" => spec["mustBe"] = json!("past"),
                "whole-number" => spec["max"] = json!(11),
                "choices" => spec["exclusive"] = json!("none"),
                "choice" => spec["options"] = json!(["a", "b", "none"]),
                "yes-no" | "confirm" => {}
                _ => spec["maxCharacters"] = json!(10),
            }
        }
        if flag(2) {
            spec["label"] = json!(format!("Label {number}"));
        }
        let earlier = fields.get(waits_for.index(draws.len()));
        if let Some(earlier) = earlier.filter(|earlier| !earlier.key.contains("[]") || key.contains('[')) {
            spec["when"] =
                json!({ "field": earlier.key, "is": if flag(3) { json!(["yes", "a"]) } else { json!("B") } });
        }
        let mut pairs = Vec::new();
        for ((row, text), came) in ROWS.iter().zip(texts).zip(came) {
            let name = key.replace("[]", &format!("[{row}]"));
            if *came && (name != key || *row == 7) {
                let text = TEXTS[text.index(TEXTS.len())].to_owned();
                match kind {
                    "date" if flag(4) => pairs.push((format!("{name}.month"), text)),
                    "choices" => pairs.extend([(name.clone(), text), (name, "a".to_owned())]),
                    _ => pairs.push((name, text)),
                }
            }
        }
        fields.push(Made { key, kind, spec, pairs });
    }
    fields
}

fn fields() -> impl Strategy<Value = Vec<Made>> {
    let draw = (
        any::<Index>(),
        any::<Index>(),
        any::<u8>(),
        any::<Index>(),
        any::<[Index; 3]>(),
        any::<[bool; 3]>(),
    );
    prop::collection::vec(draw, 1..9).prop_map(|draws| made(&draws))
}

fn pairs(fields: &[Made]) -> Vec<(String, String)> {
    let ours = [("organisation.ods_code", "rxk"), ("legal.purpose", "research")];
    let ours = ours.map(|(name, text)| (name.to_owned(), text.to_owned()));
    fields
        .iter()
        .flat_map(|field| field.pairs.clone())
        .chain(ours)
        .collect()
}

fn context(fields: &[Made], more: Value) -> Context {
    let specs: Map<String, Value> = fields
        .iter()
        .map(|field| (field.key.clone(), field.spec.clone()))
        .collect();
    let mut options = more;
    options["today"] = json!("2026-11-22");
    options["fields"] = Value::Object(specs);
    Context::from_options(&serde_json::from_value::<Options>(options).unwrap()).unwrap()
}

fn judged(fields: &[Made], more: Value, pairs: Vec<(String, String)>) -> Report {
    check(
        Form::NcrsOnboarding,
        &Answers::from_pairs(pairs),
        &context(fields, more),
    )
    .unwrap()
}

fn of(fields: &[Made]) -> Report {
    judged(fields, json!({}), pairs(fields))
}

/// `sites[3].x` as its list, its row and the whole.
fn row_of(name: &str) -> Option<u16> {
    name.split_once('[')?.1.split_once(']')?.0.parse().ok()
}

/// True when a finding's question is one of a field.
fn is_of(field: &Made, question: &str) -> bool {
    question == field.key
        || row_of(question).is_some_and(|row| field.key.replace("[]", &format!("[{row}]")) == question)
}

fn told(report: &Report) -> Vec<(&'static str, &str)> {
    report
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.question.as_str()))
        .collect()
}

fn told_of<'a>(report: &'a Report, field: &Made) -> Vec<(&'static str, &'a str)> {
    told(report)
        .into_iter()
        .filter(|(_, question)| is_of(field, question))
        .collect()
}

/// The answers as one object.
fn nested(pairs: &[(String, String)]) -> Value {
    let mut object = json!({});
    for (name, text) in pairs {
        let path = name.replace('[', "/").replace(']', "").replace('.', "/");
        let mut at = &mut object;
        for step in path.split('/') {
            at = match step.parse::<usize>() {
                Ok(row) => {
                    if !at.is_array() {
                        *at = json!([]);
                    }
                    let rows = at.as_array_mut().unwrap();
                    while rows.len() <= row {
                        rows.push(Value::Null);
                    }
                    &mut rows[row]
                }
                Err(_) => {
                    if !at.is_object() {
                        *at = json!({});
                    }
                    at.as_object_mut().unwrap().entry(step).or_insert(Value::Null)
                }
            };
        }
        *at = match at.take() {
            Value::Null => json!(text),
            before => json!([before, text]),
        };
    }
    object
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fields_of_the_host_come_after_ours_and_leave_ours_as_they_are(fields in fields()) {
        let (with, without) = (of(&fields), judged(&[], json!({}), pairs(&[])));
        prop_assert_eq!(&with.sections, &without.sections);
        prop_assert_eq!(with.progress, without.progress);
        prop_assert_eq!(&with.findings[..without.findings.len()], &without.findings[..]);
        prop_assert_eq!(&with.unknown, &without.unknown, "a name that is given is known");
        let own = &with.findings[without.findings.len()..];
        prop_assert!(own.iter().all(|finding| fields.iter().any(|field| is_of(field, &finding.question))));
    }

    #[test]
    fn findings_stand_in_the_order_of_the_host_all_of_one_row_before_the_next(fields in fields()) {
        let order: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        // Which run of keys of the list each field belongs to.
        let mut runs = Vec::new();
        for (number, field) in fields.iter().enumerate() {
            let goes_on = number > 0 && field.is_list() && fields[number - 1].is_list();
            runs.push(if goes_on { runs[number - 1] } else { number });
        }
        let report = of(&fields);
        let places: Vec<_> = told(&report)
            .into_iter()
            .filter_map(|(rule, question)| {
                let number = fields.iter().position(|field| is_of(field, question))?;
                Some((runs[number], row_of(question), number, order.iter().position(|id| *id == rule)))
            })
            .collect();
        prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", told(&report));
    }

    #[test]
    fn the_order_of_the_answers_and_their_shape_do_not_matter(fields in fields(), turn in any::<Index>()) {
        let answers = pairs(&fields);
        let before = of(&fields);
        let mut turned: Vec<Vec<(String, String)>> = answers.chunk_by(|a, b| a.0 == b.0).map(<[_]>::to_vec).collect();
        let middle = turn.index(turned.len());
        turned.rotate_left(middle);
        prop_assert_eq!(&judged(&fields, json!({}), turned.concat()), &before);
        turned.reverse();
        prop_assert_eq!(&judged(&fields, json!({}), turned.concat()), &before);
        let object: Answers = serde_json::from_value(nested(&answers)).unwrap();
        prop_assert_eq!(check(Form::NcrsOnboarding, &object, &context(&fields, json!({}))).unwrap(), before);
    }

    #[test]
    fn a_check_of_some_fields_tells_what_a_check_of_all_tells_of_them(fields in fields(), which in any::<Index>()) {
        let field = &fields[which.index(fields.len())];
        let all = of(&fields);
        let only = |name: &str| judged(&fields, json!({ "only": [name] }), pairs(&fields));
        let part = only(&field.key);
        prop_assert_eq!(told(&part), told_of(&all, field));
        let one = field.key.replace("[]", "[1]");
        let of_one: Vec<_> = told(&all).into_iter().filter(|(_, question)| *question == one).collect();
        let part = only(&one);
        prop_assert_eq!(told(&part), of_one);
        prop_assert_eq!(part.progress, all.progress, "progress stays whole");
    }

    #[test]
    fn a_field_that_waits_says_all_or_nothing_and_silent_its_answer_changes_nothing(fields in fields(), which in any::<Index>()) {
        let number = which.index(fields.len());
        let field = &fields[number];
        // Nobody reads it, so that only its own answer is changed.
        if !field.waits() || fields.iter().any(|other| other.spec["when"]["field"] == field.key.as_str()) {
            return Ok(());
        }
        let waiting = of(&fields);
        let mut free = fields.clone();
        free[number].spec.as_object_mut().unwrap().remove("when");
        let always = of(&free);
        for row in [None, Some(0), Some(1), Some(7)] {
            let at = |report: &Report| -> Vec<String> {
                let told = told_of(report, field).into_iter().filter(|(_, question)| row_of(question) == row);
                told.map(|(rule, _)| rule.to_owned()).collect()
            };
            let now = at(&waiting);
            prop_assert!(now.is_empty() || now == at(&always), "{:?} in row {:?}", now, row);
        }
        if told_of(&waiting, field).is_empty() && !told_of(&always, field).is_empty() && !field.key.contains("[]") {
            let mut other = fields.clone();
            for (_, text) in &mut other[number].pairs {
                *text = "something else".to_owned();
            }
            prop_assert_eq!(of(&other), waiting);
        }
    }

    #[test]
    fn a_field_that_is_blank_is_missed_when_it_is_required_and_else_silent(fields in fields(), which in any::<Index>()) {
        let number = which.index(fields.len());
        let mut fields = fields;
        fields[number].spec.as_object_mut().unwrap().remove("when");
        let field = fields[number].clone();
        for (_, text) in &mut fields[number].pairs {
            *text = " ".to_owned();
        }
        if field.kind == "choices" {
            fields[number].pairs.retain(|(_, text)| text != "a");
            for (_, text) in &mut fields[number].pairs {
                *text = String::new();
            }
        }
        let report = of(&fields);
        let mut rows: Vec<String> = pairs(&fields)
            .iter()
            .filter_map(|(name, _)| Some(field.key.replace("[]", &format!("[{}]", row_of(name)?))))
            .collect();
        rows.sort();
        rows.dedup();
        if !field.key.contains("[]") {
            rows = vec![field.key.clone()];
        }
        let missing = if SELECTED.contains(&field.kind) { "ANS-016" } else { "ANS-001" };
        let expected: Vec<_> = rows.iter().map(|row| (missing, row.as_str())).collect();
        let expected = if field.spec["required"] == true { expected } else { Vec::new() };
        prop_assert_eq!(told_of(&report, &field), expected);
    }

    #[test]
    fn nothing_typed_comes_out_and_every_message_is_whole(fields in fields()) {
        let report = of(&fields);
        prop_assert!(!serde_json::to_string(&report).unwrap().to_lowercase().contains(MARK));
        for finding in &report.findings {
            prop_assert!(!finding.message.is_empty() && !finding.message.contains(['{', '}']), "{}", finding.message);
            prop_assert!(finding.params.0.iter().map(|(name, _)| *name).is_sorted());
        }
        prop_assert_eq!(of(&fields), report, "checking twice");
    }

    #[test]
    fn no_answers_of_any_shape_make_a_check_fail(
        fields in fields(),
        names in prop::collection::vec(("(sites|own|x|a|[0-9]|\\[|\\]|\\.|_|day|\u{1f}){0,6}", 0..TEXTS.len(), 0..6_u8), 0..12),
    ) {
        let mut object = Map::new();
        for (name, text, shape) in &names {
            let text = json!(TEXTS[*text]);
            object.insert(name.clone(), match shape {
                0 => text,
                1 => json!([text, null, [text]]),
                2 => json!({ "day": text, "x0": [text] }),
                3 => json!([{ "x1": text, "x2": { "month": text } }, {}, []]),
                4 => json!({}),
                _ => json!([]),
            });
        }
        let flat: Vec<(String, String)> = names.iter().map(|(name, text, _)| (name.clone(), TEXTS[*text].to_owned())).collect();
        let context = context(&fields, json!({}));
        for answers in [serde_json::from_value::<Answers>(Value::Object(object)).unwrap(), Answers::from_pairs(flat)] {
            let report = check(Form::PdsAccess, &answers, &context).unwrap();
            prop_assert!(report.unknown.is_sorted());
        }
    }
}

/// What a host says of fields and besides, and what is answered.
type Work = (Vec<Made>, Value, Vec<(String, String)>);

/// How much longer one of many takes than one of few, of which there are so many times less. The few are judged as often as
/// makes the work equal, so that a busy machine disturbs both alike; of some runs in turn the shortest counts.
fn ratio(times: usize, many: &Work, few: &Work) -> f64 {
    let time = |times: usize, (fields, options, pairs): &Work| {
        let (context, answers) = (context(fields, options.clone()), Answers::from_pairs(pairs.clone()));
        let start = Instant::now();
        for _ in 0..times {
            assert!(
                !check(Form::NcrsOnboarding, &answers, &context)
                    .unwrap()
                    .findings
                    .is_empty()
            );
        }
        start.elapsed().as_secs_f64()
    };
    let mut least = (f64::MAX, f64::MAX);
    for _ in 0..4 {
        least = (least.0.min(time(1, many)), least.1.min(time(times, few)));
    }
    least.0 / least.1
}

fn field(key: String, spec: Value) -> Made {
    Made {
        key,
        kind: "text",
        spec,
        pairs: Vec::new(),
    }
}

#[test]
fn work_grows_with_the_number_of_rows_and_of_fields_and_no_faster() {
    // Quadratic work would take 20 times as long for each of the many; the rest is room for a busy machine.
    let name = |row: usize, what: &str| (format!("sites[{row}].{what}"), "yes".to_owned());
    let rows = |count: usize| -> Vec<(String, String)> {
        (0..count)
            .flat_map(|row| [name(row, "a"), name(row, "b"), name(row, "unknown")])
            .collect()
    };
    let waits = json!({ "kind": "email", "when": { "field": "sites[].a", "is": "yes" } });
    let general = || {
        vec![
            field("sites[].a".to_owned(), json!({ "kind": "yes-no" })),
            field("sites[].b".to_owned(), waits.clone()),
        ]
    };
    let specific = |count: usize| -> Vec<Made> {
        let of_row = |row: usize| {
            [
                field(format!("sites[{row}].a"), json!({ "kind": "yes-no" })),
                field(format!("sites[{row}].b"), waits.clone()),
            ]
        };
        (0..count).flat_map(of_row).collect()
    };
    let once = |count: usize| -> Vec<Made> {
        let of = |number: usize| {
            let when = json!({ "field": format!("f{}", number - number % 5), "is": "yes" });
            let kind = json!({ "kind": "text", "required": true });
            let mut spec = kind.clone();
            if !number.is_multiple_of(5) {
                spec["when"] = when;
            }
            field(format!("f{number}"), spec)
        };
        (0..count).map(of).collect()
    };
    let grown = |what, work: &dyn Fn(usize) -> Work| (what, ratio(20, &work(4_000), &work(200)));
    let asked_about = |count: usize| -> Value {
        let names: Vec<String> = (0..count)
            .flat_map(|row| [name(row, "b").0, name(row, "a").0])
            .collect();
        json!({ "only": names })
    };
    let ratios = [
        grown("rows", &|count| (general(), json!({}), rows(count))),
        grown("keys of rows", &|count| (specific(count), json!({}), rows(count))),
        grown("fields", &|count| (once(count), json!({}), rows(1))),
        grown("rows asked about", &|count| {
            (general(), asked_about(count), rows(count))
        }),
    ];
    for (what, ratio) in ratios {
        assert!(
            ratio < 4.0,
            "{what}: each of 4,000 takes {ratio} times as long as each of 200"
        );
    }
}
