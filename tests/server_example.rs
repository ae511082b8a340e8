//! Does the Rust server of the examples find in a posted form what the rules find, and say nothing else of it?

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../examples/server.rs"]
#[allow(dead_code, unreachable_pub)]
mod server;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use ncrs_form_check::{Context, Form, Outcome, check};
use serde_json::{Value, json};
use server::Posted;
use tokio::net::TcpListener;

const TODAY: &str = "2026-11-22";

/// Runs the example on a free port while `work` talks to it.
fn while_serving(form: Form, today: fn() -> Option<String>, work: impl FnOnce(SocketAddr)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let serving = runtime.spawn(async move { axum::serve(listener, server::router(Posted { form, today })).await });
    work(address);
    assert!(!serving.is_finished(), "it serves to the end");
    runtime.shutdown_background();
}

fn on_the_day() -> Option<String> {
    Some(TODAY.to_owned())
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

fn send(address: SocketAddr, method: &str, kind: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // A server that has heard enough may close before all is sent.
    drop(stream.write_all(body));
    let mut reply = Vec::new();
    drop(stream.read_to_end(&mut reply));
    let text = String::from_utf8(reply).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Reply {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A nested submission as a form posts it.
fn pairs(value: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                let inner_name = if name.is_empty() {
                    key.clone()
                } else {
                    format!("{name}.{key}")
                };
                pairs(inner, &inner_name, found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let item_name = if item.is_object() {
                    format!("{name}[{at}]")
                } else {
                    name.to_owned()
                };
                pairs(item, &item_name, found);
            }
        }
        Value::Null => found.push((name.to_owned(), String::new())),
        Value::String(text) => found.push((name.to_owned(), text.clone())),
        other => found.push((name.to_owned(), other.to_string())),
    }
}

fn posted(submission: &Value) -> String {
    let mut found = Vec::new();
    pairs(submission, "", &mut found);
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(found)
        .finish()
}

fn submissions() -> Vec<Value> {
    let mut files: Vec<_> = std::fs::read_dir("tests/submissions")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |file| serde_json::from_str::<Value>(&std::fs::read_to_string(file).unwrap()).unwrap();
    files.into_iter().map(|file| read(file)["submission"].clone()).collect()
}

#[test]
fn every_worked_example_is_answered_with_the_errors_that_the_rules_find() {
    let context = Context::from_options(&server::page(TODAY).unwrap()).unwrap();
    let mut statuses = Vec::new();
    while_serving(Form::PdsAccess, on_the_day, |address| {
        for submission in submissions() {
            // Compared with the nested submission, so that the way through the post is judged too.
            let answers: Answers = serde_json::from_value(submission.clone()).unwrap();
            let report = check(Form::PdsAccess, &answers, &context).unwrap();
            let errors = report
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error);
            let expected: Vec<Value> = errors
                .map(
                    |finding| json!({ "question": finding.question, "message": finding.message, "rule": finding.rule }),
                )
                .collect();
            let reply = send(address, "POST", FORM, posted(&submission).as_bytes());
            statuses.push(reply.status);
            assert_eq!(reply.header("Cache-Control"), Some("no-store"));
            if expected.is_empty() {
                let next = if report.outcome == Outcome::Stop {
                    "/another-way"
                } else {
                    "/sent"
                };
                assert_eq!((reply.status, reply.header("Location")), (303, Some(next)));
            } else {
                assert_eq!(reply.status, 422);
                assert_eq!(reply.header("Content-Type"), Some("application/json; charset=utf-8"));
                let body: Value = serde_json::from_str(&reply.body).unwrap();
                assert_eq!(body, json!({ "findings": expected }));
            }
        }
    });
    assert!(statuses.contains(&303) && statuses.contains(&422), "{statuses:?}");
}

#[test]
fn an_answer_is_never_sent_back() {
    let secret = "zq-4471-secret";
    let names = [
        "__proto__",
        "pds.use_case",
        "organisation.postcode",
        "ra.users[0].uuid",
        "organisation[name]",
    ];
    let body = names.map(|name| format!("{name}={secret}")).join("&");
    while_serving(Form::PdsAccess, on_the_day, |address| {
        let reply = send(address, "POST", FORM, body.as_bytes());
        assert_eq!(reply.status, 422);
        assert!(!reply.body.contains(secret), "{}", reply.body);
        assert!(!reply.head.contains(secret), "{}", reply.head);
    });
}

#[test]
fn bytes_that_are_no_text_are_read() {
    while_serving(Form::PdsAccess, on_the_day, |address| {
        for body in [
            &b""[..],
            b"&&&",
            b"=",
            b"%",
            b"%zz=%ff%fe",
            b"organisation.name",
            &[0xff, 0x00, 0x3d, 0xc3],
        ] {
            assert_eq!(
                send(
                    address,
                    "POST",
                    "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
                    body
                )
                .status,
                422
            );
        }
    });
}

#[test]
fn what_is_no_posted_form_is_refused() {
    while_serving(Form::PdsAccess, on_the_day, |address| {
        let got = send(address, "GET", FORM, b"");
        assert_eq!((got.status, got.header("Allow")), (405, Some("POST")));
        assert_eq!(send(address, "POST", "application/json", b"{}").status, 415);
        let long = format!("organisation.name={}", "x".repeat(600 * 1024));
        assert_eq!(send(address, "POST", FORM, long.as_bytes()).status, 413);
    });
}

#[test]
fn whoever_claims_to_send_without_end_costs_nobody_else_an_answer() {
    while_serving(Form::PdsAccess, on_the_day, |address| {
        let mut slow = Vec::new();
        for (method, length) in [
            ("GET", "9000000000000000"),
            ("POST", "9000000000000000"),
            ("POST", "1000"),
        ]
        .repeat(8)
        {
            let mut stream = TcpStream::connect(address).unwrap();
            let head = format!(
                "{method} / HTTP/1.1\r\nHost: {address}\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n\r\na=b"
            );
            stream.write_all(head.as_bytes()).unwrap();
            slow.push(stream);
        }
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(send(address, "POST", FORM, b"organisation.name=x").status, 422);
    });
}

#[test]
fn a_server_without_a_day_says_nothing() {
    let no_days: [fn() -> Option<String>; 2] = [|| None, || Some("tomorrow".to_owned())];
    for today in no_days {
        while_serving(Form::PdsAccess, today, |address| {
            let reply = send(address, "POST", FORM, b"organisation.name=x");
            assert_eq!((reply.status, reply.body.as_str()), (500, ""));
        });
    }
}

#[test]
fn today_is_a_day_that_the_rules_read() {
    let page = server::page(&server::london_today().unwrap()).unwrap();
    assert!(Context::from_options(&page).is_ok(), "{}", page.today);
}
