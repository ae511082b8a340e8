//! Which tests are there, in which order do they run, and what does each of them need?

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::program::{Program, Screen};
use crate::run::{self, Step};
use crate::tools::{self, Cargo, Engine};
use crate::{build, repository, reproducible, size};

/// The part of the tests that was asked for. Nothing named means everything.
#[derive(Default)]
pub struct Selection {
    pub words: Vec<String>,
    pub engines: Vec<Engine>,
}

impl Selection {
    fn engines(&self) -> Vec<Engine> {
        Engine::ALL
            .into_iter()
            .filter(|engine| self.engines.is_empty() || self.engines.contains(engine))
            .collect()
    }

    fn wants(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word.as_str()))
    }
}

/// `cargo xtask test`
pub fn test(selection: &Selection) -> anyhow::Result<bool> {
    Ok(run::run(selected(selection)?, "cargo xtask test"))
}

/// `cargo xtask test --list`
pub fn list(selection: &Selection) -> anyhow::Result<bool> {
    for step in selected(selection)? {
        println!("{}", step.name);
    }
    Ok(true)
}

/// The steps that were asked for, with all that they need, in the order of the whole.
fn selected(selection: &Selection) -> anyhow::Result<Vec<Step>> {
    let all = steps(selection);
    let mut wanted: Vec<String> = all
        .iter()
        .map(|step| step.name.clone())
        .filter(|name| selection.wants(name))
        .collect();
    if wanted.is_empty() {
        let names: Vec<String> = all.into_iter().map(|step| step.name).collect();
        bail!(
            "no step has `{}` in its name. There are: {}",
            selection.words.join("` or `"),
            names.join(", ")
        );
    }
    for step in all.iter().rev() {
        if wanted.contains(&step.name) {
            wanted.extend(step.needs.iter().chain(&step.wants).cloned());
        }
    }
    Ok(all.into_iter().filter(|step| wanted.contains(&step.name)).collect())
}

/// Everything, cheapest first. `pkg/` is built before whatever looks at it.
fn steps(selection: &Selection) -> Vec<Step> {
    let engines = selection.engines();
    let mut steps = vec![
        tools::rust_parts(true),
        cargo(
            "format",
            "the code looks as rustfmt leaves it",
            &["fmt", "--all", "--check"],
        ),
        cargo(
            "lint",
            "clippy has nothing to say of the code, tests included",
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        ),
        cargo(
            "lint-wasm",
            "nor of the code that only browsers run",
            &[
                "clippy",
                "--lib",
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "-D",
                "warnings",
            ],
        ),
        cargo(
            "lint-standard",
            "nor of what is left where a page's form is the standard one",
            &[
                "clippy",
                "--lib",
                "--no-default-features",
                "--target",
                "wasm32-unknown-unknown",
                "--",
                "-D",
                "warnings",
            ],
        ),
        Step::chore("docs", "every link in the documentation leads somewhere", |screen| {
            let doc = Program::new("cargo")
                .arguments(["doc", "--no-deps", "--package", "ncrs-form-check"])
                .variable("RUSTDOCFLAGS", "-D warnings");
            screen.run(doc).map(drop)
        })
        .needs(["install-rust-parts"]),
        Step::tests(
            "native",
            "the rules, the tables, the laws and every example in the documentation",
            |screen| screen.run(Program::new("cargo").arguments(["test", "--workspace"])),
        )
        .needs(["install-rust-parts"]),
        Step::tests(
            "native-standard",
            "what is left of the rules for a standard form, without the rest",
            |screen| {
                let arguments = ["test", "--no-default-features", "--lib", "--test", "features"];
                screen.run(Program::new("cargo").arguments(arguments))
            },
        )
        .needs(["install-rust-parts"]),
        tools::node_packages(),
        Cargo::WasmBindgen.step(),
        Cargo::WasmPack.step(),
        build::wasm_step(),
        build::host_step(),
    ];
    steps.push(tools::browsers(&engines));
    if engines.contains(&Engine::Firefox) {
        steps.push(Cargo::Geckodriver.step());
    }
    for engine in &engines {
        // wasm-bindgen's runner knows no WebKitGTK; there the pages and the vectors speak for the binding.
        if *engine != Engine::WebKit {
            steps.push(binding(*engine));
        }
    }
    steps.push(
        Step::tests(
            "node",
            "the package as a server uses it: every vector, its types, its files",
            node,
        )
        .needs(["build"]),
    );
    for engine in engines {
        steps.push(pages(engine));
    }
    steps.push(size::step());
    steps.push(reproducible::step());
    steps
}

fn cargo(name: &str, reason: &'static str, arguments: &'static [&'static str]) -> Step {
    Step::chore(name, reason, move |screen| {
        screen.run(Program::new("cargo").arguments(arguments)).map(drop)
    })
    .needs(["install-rust-parts"])
}

/// What an engine's steps need to have happened.
fn needs_of(engine: Engine) -> Vec<&'static str> {
    let mut needs = vec!["build"];
    if engine == Engine::Firefox {
        needs.push("install-geckodriver");
    }
    needs
}

/// `wasm-pack test --headless`, of the one file that is about the binding; the other tests are empty for wasm32.
fn binding(engine: Engine) -> Step {
    Step::tests(
        format!("binding-{engine}"),
        "the Rust side of the binding, inside a browser",
        move |screen| {
            let variables = engine.variables()?;
            let program = |name: &str| {
                let found = variables.iter().find(|(variable, _)| *variable == name);
                found
                    .map(|(_, path)| path.clone())
                    .with_context(|| format!("{engine} has no {name}"))
            };
            // The runner takes the first driver that it finds, so the other engine's must not be named.
            let (driver, other, browser) = match engine {
                Engine::Firefox => ("GECKODRIVER", "CHROMEDRIVER", program("NCRS_FIREFOX")?),
                Engine::Chromium | Engine::WebKit => ("CHROMEDRIVER", "GECKODRIVER", program("NCRS_CHROMIUM")?),
            };
            let capabilities = repository::logs().join(format!("binding-{engine}.json"));
            fs::write(&capabilities, capabilities_of(engine, &browser))?;
            let (browser_option, driver_option) = match engine {
                Engine::Firefox => ("--firefox", "--geckodriver"),
                Engine::Chromium | Engine::WebKit => ("--chrome", "--chromedriver"),
            };
            let wasm_pack = Program::new(Cargo::WasmPack.path("wasm-pack")?)
                .arguments([
                    "test",
                    "--headless",
                    "--mode",
                    "no-install",
                    browser_option,
                    driver_option,
                ])
                .arguments([program(&format!("NCRS_{driver}"))?])
                .arguments([repository::root()])
                .arguments(["--test", "binding"])
                .variable("PATH", tools::path_with_ours()?)
                .variable("WASM_BINDGEN_TEST_ONLY_WEB", "1")
                .variable("WASM_BINDGEN_TEST_TIMEOUT", "300")
                .variable("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
                .without_variable(other)
                .limit(Duration::from_secs(15 * 60));
            screen.run(wasm_pack)
        },
    )
    .needs(needs_of(engine))
    .wants(["install-browsers"])
}

/// What the runner tells the driver about the browser, as JSON.
fn capabilities_of(engine: Engine, browser: &Path) -> String {
    let browser = browser.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    match engine {
        Engine::Firefox => format!(r#"{{"moz:firefoxOptions":{{"binary":"{browser}"}}}}"#),
        // Without the last two Chromium asks its makers for updates. As root it refuses to run in its sandbox, which the runner knows.
        Engine::Chromium | Engine::WebKit => {
            let arguments = r#"["--disable-gpu","--disable-background-networking","--disable-component-update"]"#;
            format!(r#"{{"goog:chromeOptions":{{"binary":"{browser}","args":{arguments}}}}}"#)
        }
    }
}

fn node(screen: &Screen) -> anyhow::Result<String> {
    screen.run(node_tests(".node.test.mjs")?)
}

fn pages(engine: Engine) -> Step {
    Step::tests(
        format!("browsers-{engine}"),
        "the vectors and the host pages, with real keys and clicks",
        move |screen| {
            let mut tests = node_tests(".browser.test.mjs")?.variable("NCRS_ENGINE", engine.to_string());
            for (variable, path) in engine.variables()? {
                tests = tests.variable(variable, path);
            }
            screen.run(tests)
        },
    )
    .needs(needs_of(engine))
    .needs(["host"])
    .wants(["install-browsers"])
}

/// One file at a time: two browsers on two cores slow each other into their time limits.
fn node_tests(ending: &str) -> anyhow::Result<Program> {
    let files = repository::tests_named(ending)?;
    if files.is_empty() {
        bail!("there is no file tests/**/*{ending}");
    }
    let options = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
    Ok(Program::new("node")
        .arguments(options)
        .arguments(files)
        .folder(repository::tests()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str], engines: &[Engine]) -> Vec<String> {
        let selection = Selection {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            engines: engines.to_vec(),
        };
        selected(&selection)
            .unwrap()
            .into_iter()
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn every_need_of_every_step_is_an_earlier_step() {
        let steps = steps(&Selection::default());
        for (index, step) in steps.iter().enumerate() {
            for need in step.needs.iter().chain(&step.wants) {
                assert!(
                    steps[..index].iter().any(|earlier| earlier.name == *need),
                    "`{}` needs `{need}` before it",
                    step.name
                );
            }
        }
    }

    #[test]
    fn a_word_selects_steps_and_what_they_need() {
        assert_eq!(
            names(&["native"], &[]),
            ["install-rust-parts", "native", "native-standard"]
        );
        let browsers = names(&["browsers-"], &[]);
        for name in [
            "build",
            "install-geckodriver",
            "install-browsers",
            "browsers-chromium",
            "browsers-firefox",
            "browsers-webkit",
        ] {
            assert!(
                browsers.iter().any(|step| step == name),
                "{name} is not in {browsers:?}"
            );
        }
        assert!(!browsers.iter().any(|step| step == "native"));
    }

    #[test]
    fn an_engine_leaves_the_others_out() {
        let all = names(&[], &[Engine::Chromium]);
        assert!(all.iter().any(|step| step == "browsers-chromium"));
        assert!(
            !all.iter()
                .any(|step| step.contains("firefox") || step.contains("webkit") || step.contains("geckodriver"))
        );
    }

    #[test]
    fn a_word_that_no_step_has_is_a_fault_that_names_them_all() {
        let selection = Selection {
            words: vec!["brwosers".to_owned()],
            engines: Vec::new(),
        };
        let Err(error) = selected(&selection) else {
            panic!("it was taken")
        };
        assert!(error.to_string().contains("browsers-webkit"), "{error}");
    }
}
