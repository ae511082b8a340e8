//! Does the Rust side of the binding carry texts in and out of a browser's engine? Run by wasm-bindgen's runner.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use ncrs_form_check::wasm::{check, check_ods_code};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SEPARATOR: &str = "\u{1F}";

#[wasm_bindgen_test]
fn a_code_goes_in_and_its_verdict_comes_out() {
    let packed = check_ods_code("rxk52", "");
    let fields: Vec<&str> = packed.split(SEPARATOR).collect();
    assert_eq!(fields[..4], ["plausible", "+RXK52", "1", "nhs_trust_site"]);
    assert!(check_ods_code("", "").starts_with("empty"));
}

#[wasm_bindgen_test]
fn letters_beyond_ascii_cross_whole() {
    let packed = check_ods_code("Ａ８１００１", "");
    assert!(packed.starts_with("plausible\u{1F}+A81001"));
    assert!(check_ods_code("\u{1F600}", "").starts_with("impossible"));
}

#[wasm_bindgen_test]
fn a_form_goes_in_and_its_report_comes_out() {
    let call = |today: &str| {
        let today = format!("+{today}");
        let before = ["ods-code", "1", "today", &today];
        let answers = ["", "organisation.ods_code", "A81001"];
        check(&[before.as_slice(), answers.as_slice()].concat().join(SEPARATOR))
    };
    let packed = call("2026-11-22");
    let fields: Vec<&str> = packed.split(SEPARATOR).collect();
    assert_eq!(
        fields[..5],
        ["ods-code", ncrs_form_check::VERSION, "2026-11-22", "en", "accept"]
    );
    assert!(
        call("tomorrow").starts_with("!ncrs-form-check: options.today"),
        "a fault is marked as one"
    );
}

#[wasm_bindgen_test]
fn a_call_of_another_version_is_a_fault_and_no_trap() {
    for call in [
        "",
        "ods-code",
        "ods-code\u{1F}2026-11-22\u{1F}\u{1F}\u{1F}\u{1F}9999999999\u{1F}",
    ] {
        assert!(check(call).starts_with('!'), "{call:?}");
    }
}
