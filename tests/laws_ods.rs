//! What holds for every text in a code box? The laws of the ODS rules, on generated and on hostile texts, and an
//! independent reading of the patterns.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use ncrs_form_check::message::Language;
use ncrs_form_check::ods::{CodeBox, OdsCheck, OdsOptions, Verdict, check, check_with};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

const BOXES: [CodeBox; 2] = [CodeBox::Ods, CodeBox::Dspt];

fn read(path: &str) -> String {
    let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

fn table(name: &str) -> toml::Table {
    read(&format!("src/tables/{name}")).parse().unwrap()
}

fn in_box(text: &str, code_box: CodeBox) -> OdsCheck {
    check_with(
        text,
        &OdsOptions {
            code_box,
            ..OdsOptions::default()
        },
    )
}

fn rules(check: &OdsCheck) -> Vec<&str> {
    check.findings.iter().map(|finding| finding.rule).collect()
}

fn text_of<'a>(row: &'a toml::Value, key: &str) -> &'a str {
    row.get(key).and_then(toml::Value::as_str).unwrap_or_default()
}

// --- A second reading of the patterns, which shares nothing with the one in the build script ---

/// A family: its id, whether it is in use, and for each alternative the characters allowed at each place.
struct Family {
    id: String,
    in_use: bool,
    alternatives: Vec<Vec<String>>,
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMBERS: &str = "0123456789";

fn without(characters: &str, missing: &str) -> String {
    characters
        .chars()
        .filter(|character| !missing.contains(*character))
        .collect()
}

fn alternatives(pattern: &str) -> Vec<Vec<String>> {
    let both = format!("{LETTERS}{NUMBERS}");
    pattern
        .split(',')
        .map(|alternative| {
            let letters: Vec<char> = alternative.trim().chars().collect();
            let mut places: Vec<String> = Vec::new();
            let mut at = 0;
            while at < letters.len() {
                match letters[at] {
                    '[' => {
                        let mut listed = String::new();
                        at += 1;
                        while letters[at] != ']' {
                            if letters[at + 1] == '-' {
                                listed.extend(letters[at]..=letters[at + 2]);
                                at += 3;
                            } else {
                                listed.push(letters[at]);
                                at += 1;
                            }
                        }
                        places.push(listed);
                    }
                    '{' => {
                        let count = letters[at + 1].to_digit(10).unwrap();
                        assert_eq!(letters[at + 2], '}', "counts of one digit are enough for codes");
                        let last = places.last().unwrap().clone();
                        (1..count).for_each(|_| places.push(last.clone()));
                        at += 2;
                    }
                    'd' => places.push(NUMBERS.to_owned()),
                    'a' => places.push(LETTERS.to_owned()),
                    'y' => places.push(without(LETTERS, "Z")),
                    'w' => places.push(without(LETTERS, "ZIO")),
                    'l' => places.push(without(LETTERS, "BIOSUZ")),
                    'n' => places.push(both.clone()),
                    'x' => places.push(without(&both, "IO")),
                    'k' => places.push(without(&both, "BIOSUZ")),
                    itself => places.push(itself.to_string()),
                }
                at += 1;
            }
            places
        })
        .collect()
}

static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    let formats = table("ods-formats.toml");
    let rows = formats["format"].as_array().unwrap();
    rows.iter()
        .map(|row| Family {
            id: text_of(row, "id").to_owned(),
            in_use: text_of(row, "status") != "retired",
            alternatives: alternatives(text_of(row, "pattern")),
        })
        .collect()
});

fn families(code: &str, in_use: bool) -> Vec<&'static str> {
    let fits = |places: &Vec<String>| {
        places.len() == code.len()
            && places
                .iter()
                .zip(code.chars())
                .all(|(allowed, each)| allowed.contains(each))
    };
    FAMILIES
        .iter()
        .filter(|family| family.in_use == in_use && family.alternatives.iter().any(fits))
        .map(|family| family.id.as_str())
        .collect()
}

static DEFAULT_CODES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let rows = table("ods-placeholders.toml");
    rows["placeholder"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text_of(row, "code").to_owned())
        .collect()
});

static STOP_WORDS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let rows = table("ods-stop-words.toml");
    let rows = rows["words"]["row"].as_array().unwrap();
    rows.iter()
        .map(|row| (text_of(row, "use").to_owned(), text_of(row, "word").to_owned()))
        .collect()
});

fn is_word(code: &str, r#use: &str) -> bool {
    STOP_WORDS.iter().any(|(known, word)| known == r#use && word == code)
}

fn kinds(check: &OdsCheck) -> Vec<&str> {
    check.kinds.iter().map(|kind| kind.id).collect()
}

/// Wanted of every code of letters and numbers: the second reading gives the same kinds.
fn has_the_kinds_of_its_shape(code: &str) -> Result<(), TestCaseError> {
    for code_box in BOXES {
        let got = in_box(code, code_box);
        let in_use = families(code, true);
        let expected = match got.verdict {
            Verdict::Retired => families(code, false),
            Verdict::Impossible if DEFAULT_CODES.contains(code) => Vec::new(),
            _ => in_use.clone(),
        };
        prop_assert_eq!(kinds(&got), expected, "{}", code);
        let is_judged_by_shape = matches!(got.verdict, Verdict::Plausible)
            || got.verdict == Verdict::Unusual && is_word(code, "placeholder")
            || DEFAULT_CODES.contains(code);
        prop_assert_eq!(
            !in_use.is_empty() || DEFAULT_CODES.contains(code),
            is_judged_by_shape,
            "{}",
            code
        );
    }
    Ok(())
}

// --- Texts ---

/// Every code of the real lists, once.
static REAL: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = format!("{}/tests/ods/real", env!("CARGO_MANIFEST_DIR"));
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        codes.extend(
            fs::read_to_string(entry.unwrap().path())
                .unwrap()
                .lines()
                .map(str::to_owned),
        );
    }
    codes.into_iter().collect()
});

fn real() -> impl Strategy<Value = String> {
    prop::sample::select(REAL.as_slice())
}

/// A code of a shape in use, real or not.
fn of_a_family() -> impl Strategy<Value = String> {
    let shapes: Vec<Vec<String>> = FAMILIES
        .iter()
        .filter(|family| family.in_use)
        .flat_map(|family| family.alternatives.clone())
        .collect();
    (
        prop::sample::select(shapes),
        prop::collection::vec(any::<prop::sample::Index>(), 9),
    )
        .prop_map(|(places, picks)| {
            places
                .iter()
                .zip(picks)
                .map(|(allowed, pick)| allowed.as_bytes()[pick.index(allowed.len())] as char)
                .collect()
        })
}

/// Text built of the parts that the steps look for.
fn of_parts() -> impl Strategy<Value = String> {
    let parts = vec![
        "RXK",
        "A81001",
        "8A101",
        "A3A8R",
        "V81999",
        "TBC",
        "ABC",
        "OLD",
        "CLOSED",
        "GP",
        "CODE",
        "AND",
        "Surgery",
        "Barts",
        "1-101635460",
        "9434765919",
        "0113",
        "496",
        "01234567",
        "E06",
        "12",
        "May",
        "APR",
        "2024",
        "04",
        "00:00",
        "8.00E+12",
        "@",
        "www.",
        "http://",
        "/",
        "-",
        "_",
        ".",
        ",",
        ";",
        "&",
        "+",
        "|",
        "(",
        ")",
        ":",
        "=",
        " ",
        "  ",
        "\u{A0}",
        "\u{200B}",
        "\u{2013}",
        "\u{FF21}",
        "\u{410}",
        "\u{E9}",
        "\u{1F3E5}",
        "\u{661}",
        "O",
        "0",
        "I",
        "1",
        "S",
        "B",
        "l",
    ];
    prop::collection::vec(prop::sample::select(parts), 0..7).prop_map(|parts| parts.concat())
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[A-Za-z0-9 ./_-]{0,14}",
        "[A-Z0-9]{1,10}",
        of_parts(),
        of_parts(),
        of_a_family(),
        real(),
        "[A-Z0-9]{1,10}-[A-Z0-9]{1,4}",
    ]
}

fn code_box() -> impl Strategy<Value = CodeBox> {
    prop::sample::select(BOXES.as_slice())
}

fn organisation_type() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![
        None,
        Some("nhs_trust"),
        Some("gp_practice"),
        Some("icb"),
        Some("care_home"),
        Some("dental_practice"),
        Some("prison_healthcare"),
        Some("other"),
        Some("spaceport"),
        Some(""),
    ])
}

/// What stands at an end and changes nothing.
fn margin() -> impl Strategy<Value = String> {
    let nothing = vec![
        ' ', '\t', '\n', '\u{A0}', '\u{3000}', '-', '\u{2013}', '\u{2212}', '\u{FF0D}', '\u{200B}', '\u{FEFF}',
        '\u{AD}', '\u{0}',
    ];
    prop::collection::vec(prop::sample::select(nothing), 0..4).prop_map(String::from_iter)
}

fn in_other_case(text: &str, picks: &[bool]) -> String {
    text.chars()
        .zip(picks.iter().cycle())
        .map(|(each, flip)| match each {
            'a'..='z' if *flip => each.to_ascii_uppercase(),
            'A'..='Z' if *flip => each.to_ascii_lowercase(),
            _ => each,
        })
        .collect()
}

/// Everything but `tidied` and the note that says so.
fn essence(check: &OdsCheck) -> (Verdict, Option<String>, Vec<&str>, Option<String>, Vec<String>) {
    let findings = check.findings.iter().filter(|finding| finding.rule != "ODS-002");
    (
        check.verdict,
        check.code.clone(),
        kinds(check),
        check.suggestion.clone(),
        findings
            .map(|finding| serde_json::to_string(finding).unwrap())
            .collect(),
    )
}

/// Has the form of another identifier: steps 9 and 21 to 25, written once more.
fn has_another_form(code: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let first = |set: &str| code.chars().next().is_some_and(|each| set.contains(each));
    let prefixes =
        "AC CE CS FC FE GE GS IC IP LP NC NF NI NL NO NP OC OE PC R0 RC RS SA SC SE SF SG SI SL SO SP SR SZ ZC";
    let of_nurse = code.len() == 8
        && digits(&code[..2])
        && "ABCDEFGHIJKL".contains(&code[2..3])
        && digits(&code[3..7])
        && "CEINOSW".contains(&code[7..]);
    match code.len() {
        7 if digits(code) => true,
        8 if digits(code) || of_nurse => true,
        8 if first("ACDGHMNRX") && digits(&code[1..]) => true,
        8 if code.starts_with("CD") && digits(&code[2..]) => true,
        8 if first("Z") && digits(&code[2..]) => true,
        8 if prefixes.split(' ').any(|prefix| code.starts_with(prefix)) && digits(&code[2..]) => true,
        9 if first("EJKLMNSW") && digits(&code[1..]) => true,
        6 | 7 => is_postcode(code),
        _ => false,
    }
}

fn is_postcode(code: &str) -> bool {
    if code == "GIR0AA" {
        return true;
    }
    let (outward, inward) = code.split_at(code.len() - 3);
    let inward: Vec<char> = inward.chars().collect();
    let last = "ABDEFGHJLNPQRSTUWXYZ";
    if !(inward[0].is_ascii_digit() && last.contains(inward[1]) && last.contains(inward[2])) {
        return false;
    }
    let outward: Vec<char> = outward.chars().collect();
    let one_letter = outward.len() >= 2
        && "BEGLMNSW".contains(outward[0])
        && ('1'..='9').contains(&outward[1])
        && (outward.len() == 2 || outward.len() == 3 && "0123456789ABCDEFGHJKPSTUW".contains(outward[2]));
    let two_letters = outward.len() >= 3
        && outward[0].is_ascii_uppercase()
        && !"QVX".contains(outward[0])
        && "ABCDEFGHKLMNOPQRSTUVWXY".contains(outward[1])
        && outward[2].is_ascii_digit()
        && (outward.len() == 3 || outward.len() == 4 && "0123456789ABEHMNPRVWXY".contains(outward[3]));
    one_letter || two_letters
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn nothing_panics_and_checking_twice_gives_equal_results(
        text in anything(), parent in proptest::option::of(anything()), organisation_type in organisation_type(), code_box in code_box()
    ) {
        let options = OdsOptions { code_box, organisation_type, parent: parent.as_deref(), language: Language::Welsh };
        let first = check_with(&text, &options);
        prop_assert_eq!(&first, &check_with(&text, &options));
        let ids = rules(&first);
        prop_assert!(ids.is_sorted() && ids.iter().collect::<BTreeSet<_>>().len() == ids.len(), "in id order, each once: {:?}", ids);
    }

    #[test]
    fn a_text_of_a_family_in_use_is_never_an_error_except_the_published_default_codes(code in of_a_family(), code_box in code_box()) {
        let got = in_box(&code, code_box);
        prop_assert_eq!(got.verdict == Verdict::Impossible, DEFAULT_CODES.contains(&code));
        has_the_kinds_of_its_shape(&code)?;
    }

    #[test]
    fn a_text_of_3_to_9_letters_and_digits_is_an_error_only_for_the_reasons_that_are_listed(
        text in prop_oneof!["[A-Za-z0-9]{3,9}", "[A-Z][0-9]{5,8}", "[A-Z]{2}[0-9]{6}", "[0-9]{3,9}", "[A-Z]{3,9}", "[A-Z]{1,2}[0-9][A-Z0-9]{0,1}[0-9][A-Z]{2}", of_a_family().prop_map(|code| code + "OLD")],
        code_box in code_box(),
    ) {
        prop_assume!(text.len() <= 9);
        let got = in_box(&text, code_box);
        let code = text.to_ascii_uppercase();
        let all = |wanted: fn(&u8) -> bool| code.len() >= 6 && code.bytes().all(|byte| wanted(&byte));
        let listed = all(u8::is_ascii_alphabetic)
            || all(u8::is_ascii_digit)
            || DEFAULT_CODES.contains(&code)
            || is_word(&code, "placeholder") && families(&code, true).is_empty()
            || STOP_WORDS.iter().any(|(known, word)| known == "ending" && code.strip_suffix(word.as_str()).is_some_and(|before| !families(before, true).is_empty()))
            || has_another_form(&code);
        prop_assert!(got.verdict != Verdict::Impossible || listed, "{} gets {:?}", text, rules(&got));
        has_the_kinds_of_its_shape(&code)?;
    }

    #[test]
    fn spaces_dashes_and_invisible_characters_at_the_ends_and_the_case_change_nothing_but_tidied(
        text in anything(), before in margin(), after in margin(), picks in prop::collection::vec(any::<bool>(), 1..9), code_box in code_box()
    ) {
        let got = in_box(&text, code_box);
        prop_assume!(got.verdict != Verdict::Empty);
        let dressed = format!("{before}{}{after}", in_other_case(&text, &picks));
        let again = in_box(&dressed, code_box);
        prop_assert_eq!(essence(&got), essence(&again), "{:?} and {:?}", text, dressed);
        for (text, check) in [(&text, &got), (&dressed, &again)] {
            let differs = check.code.as_ref().is_some_and(|code| code != text);
            prop_assert_eq!(check.tidied, differs);
            prop_assert_eq!(check.tidied, rules(check).contains(&"ODS-002"));
        }
    }

    #[test]
    fn between_the_characters_of_a_code_of_a_family_the_same_holds_unless_it_becomes_a_date_form(
        code in prop_oneof![of_a_family(), real()], gaps in prop::collection::vec(margin(), 9), code_box in code_box()
    ) {
        let got = in_box(&code, code_box);
        prop_assume!(!families(&code, true).is_empty());
        let spread: String = code.chars().zip(&gaps).flat_map(|(each, gap)| format!("{each}{gap}").chars().collect::<Vec<_>>()).collect();
        let again = in_box(&spread, code_box);
        if rules(&again).contains(&"ODS-005") {
            prop_assert_eq!(got.code, again.code);
        } else {
            prop_assert_eq!(essence(&got), essence(&again), "{:?}", spread);
        }
    }

    #[test]
    fn the_verdict_the_code_and_the_kinds_do_not_depend_on_the_type_or_the_parent(
        text in anything(), parent in proptest::option::of(anything()), organisation_type in organisation_type(), code_box in code_box()
    ) {
        let alone = in_box(&text, code_box);
        let told = check_with(&text, &OdsOptions { code_box, organisation_type, parent: parent.as_deref(), ..OdsOptions::default() });
        prop_assert_eq!((alone.verdict, &alone.code, &alone.kinds, alone.tidied), (told.verdict, &told.code, &told.kinds, told.tidied));
        if code_box == CodeBox::Dspt {
            prop_assert_eq!(alone, told);
        }
    }

    #[test]
    fn a_suggestion_checked_again_is_plausible_differs_from_the_code_and_is_no_word(
        text in anything(), organisation_type in organisation_type(), code_box in code_box()
    ) {
        let got = check_with(&text, &OdsOptions { code_box, organisation_type, ..OdsOptions::default() });
        if let Some(suggestion) = &got.suggestion {
            prop_assert_eq!(in_box(suggestion, code_box).verdict, Verdict::Plausible);
            prop_assert_ne!(Some(suggestion), got.code.as_ref());
            prop_assert!(STOP_WORDS.iter().all(|(_, word)| word != suggestion) && !DEFAULT_CODES.contains(suggestion));
        }
    }

    #[test]
    fn an_error_comes_alone_and_without_a_code(text in anything(), code_box in code_box(), organisation_type in organisation_type()) {
        let got = check_with(&text, &OdsOptions { code_box, organisation_type, ..OdsOptions::default() });
        let refused = matches!(got.verdict, Verdict::Impossible | Verdict::Empty);
        prop_assert_eq!(refused, got.code.is_none());
        if refused {
            prop_assert_eq!(got.findings.len(), 1);
            prop_assert!(got.kinds.is_empty());
        }
    }
}

#[test]
fn every_text_of_three_letters_and_numbers_has_the_kinds_of_its_shape() {
    let characters = format!("{LETTERS}{NUMBERS}");
    for first in characters.chars() {
        for second in characters.chars() {
            for third in characters.chars() {
                has_the_kinds_of_its_shape(&format!("{first}{second}{third}")).unwrap();
            }
        }
    }
}

#[test]
fn no_family_in_use_has_the_postcode_form() {
    for code in REAL.iter().filter(|code| !families(code, true).is_empty()) {
        assert!(!(5..=7).contains(&code.len()) || !is_postcode(code), "{code}");
    }
    // Every postcode of a text of five to seven characters whose places are drawn from the ends of the allowed sets.
    for outward in ["M1", "W9", "E1W", "N1C", "AB1", "ZY9", "SW1A", "EC1Y", "B33", "CR26"] {
        for inward in ["1AA", "0ZZ", "9DU", "5PF"] {
            let postcode = format!("{outward}{inward}");
            assert!(is_postcode(&postcode), "{postcode}");
            assert!(families(&postcode, true).is_empty(), "{postcode}");
            let spaced = check(&format!("{outward} {inward}"));
            assert_eq!(rules(&spaced), ["ODS-015"], "{postcode}");
        }
    }
}

// --- Hostile texts ---

#[test]
fn every_naughty_string_is_judged_and_none_becomes_a_code_it_is_not() {
    let strings: Vec<String> = serde_json::from_str(&read("tests/hostile/blns.json")).unwrap();
    assert_eq!(strings.len(), 515);
    for text in &strings {
        for code_box in BOXES {
            let got = in_box(text, code_box);
            assert_eq!(got, in_box(text, code_box));
            let plain = |each: char| match each {
                '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(each) - 0xFEE0).unwrap(),
                _ => each,
            };
            let letters: String = text.chars().map(plain).filter(|each| each.is_alphanumeric()).collect();
            if let (Some(code), CodeBox::Ods) = (&got.code, code_box) {
                // None of these strings has letters of another alphabet and is read as a code.
                assert!(letters.eq_ignore_ascii_case(code), "{text:?} is read as {code}");
            }
        }
    }
}

#[test]
fn every_character_that_looks_like_ours_is_refused_at_every_place_of_a_code_unless_it_is_one_of_ours() {
    let text = read("tests/hostile/confusables-ascii.tsv");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .filter(|row: &Vec<&str>| row[0] != "source_hex")
        .collect();
    assert_eq!(rows.len(), 1442);
    let lookalikes = table("ods-lookalikes.toml");
    let reads_as = |character: char| {
        let rows = lookalikes["characters"]["row"].as_array().unwrap();
        let name = format!("U+{:04X}", u32::from(character));
        rows.iter()
            .find(|row| text_of(row, "code_point") == name)
            .map(|row| text_of(row, "reads_as").to_owned())
    };
    let mut repaired = 0;
    for row in &rows {
        let character = char::from_u32(u32::from_str_radix(row[0], 16).unwrap()).unwrap();
        // Full-width forms are ours in another width; dashes, spaces and what cannot be seen count for nothing.
        let width = char::from_u32(u32::from(character).saturating_sub(0xFEE0))
            .filter(|_| ('\u{FF01}'..='\u{FF5E}').contains(&character));
        for code in ["RXK52", "A81001"] {
            for place in 0..code.len() {
                let text = format!("{}{character}{}", &code[..place], &code[place + 1..]);
                let got = check(&text);
                let name = format!("U+{} at {place} of {code}", row[0]);
                if let Some(plain) = width.filter(char::is_ascii_alphanumeric) {
                    let plain = text.replace(character, &plain.to_string()).to_ascii_uppercase();
                    assert_eq!(essence(&got), essence(&check(&plain)), "{name}");
                    continue;
                }
                if let Some(reading) = reads_as(character) {
                    assert_eq!(rules(&got), ["ODS-023"], "{name}");
                    let read = text.replace(character, &reading);
                    let expected = Some(read).filter(|read| check(read).verdict == Verdict::Plausible);
                    assert_eq!(got.suggestion, expected, "{name}");
                    repaired += usize::from(got.suggestion.is_some());
                    continue;
                }
                // Never taken for the character it looks like.
                assert_ne!(got.code.as_deref(), Some(code), "{name}");
                if got.verdict != Verdict::Impossible {
                    let without = text.replace(character, "");
                    assert_eq!(got.code.as_ref(), Some(&without), "{name}");
                }
            }
        }
    }
    assert!(repaired > 400, "{repaired} look-alikes led back to a code");
}

#[test]
fn only_the_first_ten_thousand_characters_of_ten_megabytes_count() {
    let junk = "A81001, \u{410}9434765919 (RXK) @ ".repeat(10_000_000 / 30);
    for head in [
        "A81001",
        "RXK and",
        "8.00E+12",
        "Barts Health NHS Trust R1H",
        "\u{410}81001",
        "L3 5PF",
        "EE133887-HP",
        "",
    ] {
        let text = format!("{head}{}", " ".repeat(10_000 - head.chars().count()));
        for code_box in BOXES {
            let short = in_box(&text, code_box);
            let long = in_box(&format!("{text}{junk}"), code_box);
            assert_eq!(short, long, "{head}");
        }
        // The last character that counts does.
        let other = format!("{}@", &text[..text.len() - 1]);
        assert_eq!(rules(&check(&format!("{other}{junk}"))), ["ODS-010"], "{head}");
    }
}

#[test]
fn ten_thousand_characters_of_any_kind_are_judged() {
    for part in [
        "A",
        "1",
        "A1",
        "A81001 ",
        "A81001-",
        "1-",
        "1-1 ",
        "1234567890 ",
        "/",
        "\u{410}",
        "CLOSED",
        "E+",
        "0 ",
        "((",
        "A3A8R,",
        "DEC-01 ",
    ] {
        let text: String = part.chars().cycle().take(10_000).collect();
        for code_box in BOXES {
            assert_eq!(in_box(&text, code_box).verdict, Verdict::Impossible, "{part}");
        }
    }
}

// --- Words ---

#[test]
fn no_finding_holds_what_was_typed_and_every_message_is_a_row_of_the_table() {
    let table = table("rules/ods.toml");
    let mut sentences: BTreeSet<String> = BTreeSet::new();
    for rule in table["rule"].as_array().unwrap() {
        for message in rule["message"].as_array().unwrap() {
            let sentence = text_of(message, "en");
            for length in ["3", "5", "6", "6 or 7"] {
                sentences.insert(sentence.replace("{length}", length));
            }
        }
    }
    let mut spoken = BTreeSet::new();
    for row in read("tests/ods/cases.tsv").lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let text: String = serde_json::from_str(cells[0]).unwrap();
        let code_box = if cells[2] == "dspt" {
            CodeBox::Dspt
        } else {
            CodeBox::Ods
        };
        let organisation_type = Some(cells[1]);
        let got = check_with(
            &text,
            &OdsOptions {
                code_box,
                organisation_type,
                ..OdsOptions::default()
            },
        );
        for finding in &got.findings {
            spoken.insert(finding.rule);
            assert!(
                sentences.contains(&finding.message),
                "{}: {}",
                finding.rule,
                finding.message
            );
            let expected = if code_box == CodeBox::Dspt {
                "dspt.ods_code"
            } else {
                "organisation.ods_code"
            };
            assert_eq!(finding.question, expected);
            assert!(finding.suggestion.is_none() && finding.parts.is_none() && !finding.review);
        }
    }
    assert_eq!(
        spoken.len(),
        42,
        "every rule but ODS-054 speaks in the cases without a parent"
    );
}

#[test]
fn in_a_dspt_box_no_sentence_speaks_of_an_ods_code_except_those_that_mean_one() {
    let texts = read("tests/ods/cases.tsv");
    let mut heard = BTreeSet::new();
    for row in texts.lines().skip(1) {
        let text: String = serde_json::from_str(row.split('\t').next().unwrap()).unwrap();
        for finding in in_box(&text, CodeBox::Dspt).findings {
            let of_ods = finding.message.contains("ODS code");
            assert_eq!(
                of_ods,
                matches!(finding.rule, "ODS-047" | "ODS-050"),
                "{}",
                finding.message
            );
            assert!(!finding.message.contains("an DSPT"), "{}", finding.message);
            heard.insert(finding.rule);
        }
        for finding in check(&text).findings {
            assert!(!finding.message.contains("DSPT code"), "{}", finding.message);
        }
    }
    assert!(heard.len() > 30, "{heard:?}");
}

#[test]
fn params_are_those_that_the_rules_name() {
    let params = |text: &str, organisation_type| {
        let got = check_with(
            text,
            &OdsOptions {
                organisation_type,
                ..OdsOptions::default()
            },
        );
        serde_json::to_value(&got.findings.last().unwrap().params).unwrap()
    };
    assert_eq!(
        params("A8100", Some("gp_practice")),
        serde_json::json!({ "length": "6" })
    );
    assert_eq!(
        params("A8100", Some("dental_practice")),
        serde_json::json!({ "length": "6 or 7" })
    );
    assert_eq!(
        params("RXK", Some("gp_practice")),
        serde_json::json!({ "kind": "nhs_trust" })
    );
    assert_eq!(
        params("RXK", Some("care_home")),
        serde_json::json!({ "kind": "nhs_trust" })
    );
    for (text, found) in [
        ("RX/K", "slash"),
        ("RX\\K", "slash"),
        ("RX\u{2044}K", "slash"),
        ("RX\u{2215}K", "slash"),
        ("RX.K", "full_stop"),
        ("RX\u{B7}K", "full_stop"),
        ("RX,K", "comma"),
        ("RX_K", "underscore"),
        ("RX\u{E9}K", "letter"),
        ("RX\u{410}\u{E9}", "letter"),
        ("RX\u{2460}K", "number"),
        ("RX\u{BD}K", "number"),
        ("RX\u{A3}K", "symbol"),
        ("RX+K", "symbol"),
        ("RX\u{FFFD}K", "symbol"),
    ] {
        assert_eq!(params(text, None), serde_json::json!({ "found": found }), "{text}");
    }
}

#[test]
fn a_check_is_written_with_its_keys_in_the_order_of_the_contract() {
    let json = |text: &str| serde_json::to_string(&check(text)).unwrap();
    assert_eq!(
        json("RXK"),
        r#"{"verdict":"plausible","code":"RXK","kinds":[{"id":"nhs_trust","name":"NHS trust"}],"tidied":false,"findings":[]}"#
    );
    assert_eq!(
        json("16"),
        concat!(
            r#"{"verdict":"impossible","code":null,"kinds":[],"suggestion":"016","tidied":false,"findings":[{"rule":"ODS-031","#,
            r#""question":"organisation.ods_code","severity":"error","message":"ODS code must be 3 characters or more. A spreadsheet "#,
            r#"may have removed zeros from the start","params":{}}]}"#
        )
    );
}

#[test]
fn a_finding_about_the_parent_names_the_question_of_the_parent() {
    let got = check_with(
        "RXK52",
        &OdsOptions {
            parent: Some("RWX"),
            ..OdsOptions::default()
        },
    );
    assert_eq!(got.findings[0].question, "organisation.parent_ods_code");
}
