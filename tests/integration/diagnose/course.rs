//! The course of a log: what a step, a program or a person has survived does not decide, and a cause comes before its consequences.

use super::{diagnosed, found, log};

const UP: &str = "INFO:     Uvicorn running on http://0.0.0.0:7860 (Press CTRL+C to quit)\n";
const TAKEN: &str = "useradd: UID 1000 is not unique\n";

fn traceback(exception: &str) -> String {
    format!("Traceback (most recent call last):\n  File \"app.py\", line 1, in <module>\n    main()\n{exception}\n")
}

#[test]
fn a_step_that_succeeded_does_not_decide() {
    assert_eq!(found(format!("--> RUN a\n{TAKEN}")), ["2:uid-taken"]);
    assert_eq!(found(format!("--> RUN a\n{TAKEN}DONE 0.2s\n")), Vec::<String>::new());
    assert_eq!(found(format!("--> RUN a\n{TAKEN}DONE 0.2s\n\n--> RUN b\n{TAKEN}")), ["6:uid-taken"]);
    assert_eq!(found(format!("#5 [2/3] RUN a\n#5 0.1 {TAKEN}#6 DONE 0.1s\n")), ["2:uid-taken"]);
    assert_eq!(found(format!("#5 [2/3] RUN a\n#5 0.1 {TAKEN}#5 DONE 0.1s\n")), Vec::<String>::new());
    assert_eq!(found(format!("{TAKEN}Successfully tagged demo:latest\n")), Vec::<String>::new());
}

#[test]
fn a_command_that_is_only_repeated_does_not_decide() {
    for line in ["--> RUN git clone x && echo exec format error: exec format error", "$ cat: no space left on device"] {
        assert_eq!(found(format!("{line}\n")), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn an_exception_that_the_program_survived_does_not_decide() {
    let denied = traceback("PermissionError: [Errno 13] Permission denied: '/.cache'");
    assert_eq!(found(&denied), ["4:cache-folder-not-writable"]);
    assert_eq!(found(format!("{denied}{UP}")), Vec::<String>::new());
    assert_eq!(found(format!("{UP}{denied}")), ["5:cache-folder-not-writable?"], "a visitor may have met it");
    assert_eq!(found(format!("{UP}{denied}app exited with code 1\n")), ["5:cache-folder-not-writable"]);
    let bug = traceback("ZeroDivisionError: division by zero");
    assert_eq!(found(format!("{denied}{bug}")), ["4:cache-folder-not-writable?"], "something else ended it");
    let chained = "\nDuring handling of the above exception, another exception occurred:\n\n";
    assert_eq!(found(format!("{denied}{chained}{bug}")), ["4:cache-folder-not-writable"]);
    assert_eq!(found(format!("{bug}{chained}{denied}")), ["11:cache-folder-not-writable"]);
}

#[test]
fn what_a_running_server_logs_or_another_program_survived_is_not_certain() {
    let line = "could not reach redis: [Errno 111] Connection refused, retrying\n";
    assert_eq!(found(format!("{UP}{line}")), Vec::<String>::new());
    let nginx = "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)\n";
    assert_eq!(found(nginx), ["1:port-not-permitted"]);
    assert_eq!(found(format!("{nginx}{UP}")), ["1:port-not-permitted?"]);
}

#[test]
fn a_second_build_counts_even_if_it_says_nothing() {
    let build = "===== Build Queued at 2026-01-01 00:00:00 / Commit SHA: 0000000 =====\n\n--> RUN a\n";
    assert_eq!(found(format!("{build}{TAKEN}{build}DONE 0.1s\n")), Vec::<String>::new());
}

#[test]
fn the_last_start_of_a_container_counts() {
    let start = "===== Application Startup at 2026-01-01 00:00:00 =====\n\n";
    let denied = traceback("PermissionError: [Errno 13] Permission denied: '/.cache'");
    assert_eq!(found(format!("{start}{denied}{start}{UP}")), Vec::<String>::new());
    assert_eq!(found(format!("{start}{UP}{start}{denied}")), ["9:cache-folder-not-writable"]);
    assert_eq!(
        found(format!("{start}{denied}{start}")),
        ["6:cache-folder-not-writable?"],
        "the last one has just begun"
    );
    let build = "===== Build Queued at 2026-01-01 00:00:00 / Commit SHA: 0000000 =====\n\n--> RUN a\n";
    assert_eq!(found(format!("{build}{TAKEN}{start}")), Vec::<String>::new(), "it was built");
}

#[test]
fn the_hub_s_word_above_a_log_counts() {
    let (heading, start) =
        ("runtime error\nMemory limit exceeded (16Gi)\nContainer logs:\n\n", "===== Application Startup at x\n");
    assert_eq!(found(format!("{heading}{start}{UP}")), ["2:memory-limit"]);
    let bug = traceback("ZeroDivisionError: division by zero");
    let heading = "runtime error\nLaunch timed out, workload was not healthy after 30 min\nContainer logs:\n\n";
    assert_eq!(found(format!("{heading}{start}")), ["2:launch-timed-out?"]);
    assert_eq!(found(format!("{heading}{start}{bug}")), Vec::<String>::new(), "the app's own fault explains it");
}

#[test]
fn a_server_on_a_local_address_is_certain_only_if_the_hub_waited_in_vain() {
    let local = "INFO:     Uvicorn running on http://127.0.0.1:7860 (Press CTRL+C to quit)\n";
    let heading = "Launch timed out, workload was not healthy after 30 min\nContainer logs:\n";
    assert_eq!(found(local), ["1:uvicorn-on-loopback?"]);
    assert_eq!(found(format!("{heading}{local}")), ["3:uvicorn-on-loopback"]);
    assert_eq!(found(format!("{local}10.0.0.1 - \"GET / HTTP/1.1\" 200 OK\n")), Vec::<String>::new(), "behind a proxy");
    assert_eq!(
        found(" * Running on all addresses (0.0.0.0)\n * Running on http://127.0.0.1:7860\n"),
        Vec::<String>::new()
    );
    assert_eq!(found(UP.replace("7860", "8000")), Vec::<String>::new(), "perhaps `app_port` is 8000");
    assert_eq!(found(format!("{heading}{}", UP.replace("7860", "8000"))), ["3:server-on-another-port?"]);
}

#[test]
fn each_fault_of_a_refused_push_is_named() {
    let push = "remote: Sorry, your push was rejected during YAML metadata verification:\n\
                remote: - Error: \"colorFrom\" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]\n\
                remote: - Error: \"short_description\" length must be less than or equal to 60 characters long\n\
                ! [remote rejected] main -> main (pre-receive hook declined)\n";
    assert_eq!(found(push), ["2:unknown-color", "3:short-description-too-long"]);
    let twice = push.replace(
        "short_description\" length must be less than or equal to 60 characters long",
        "colorTo\" must be one of [red]",
    );
    assert_eq!(found(&twice), ["2:unknown-color", "3:unknown-color"]);
    assert_eq!(found(format!("{push}   1f0c22e..8d90b3a  main -> main\n")), Vec::<String>::new());
}

#[test]
fn times_names_and_colours_do_not_hide_a_message() {
    for before in [
        "2026-01-01T00:00:00.0000000Z ",
        "#9 12.34 ",
        "2026-01-01T00:00:00Z #9 0.123 ",
        "web-1  | ",
        "backend  | ",
        "build\tBuild the image\t2026-01-01T00:00:00.12Z ",
        "ERROR:root:",
        "\u{1b}[31m",
        "[31m[1m",
        "50%\r",
        "\u{feff}",
        "[2026-01-01 00:00:00 +0000] [7] [ERROR] ",
    ] {
        assert_eq!(found(format!("{before}{TAKEN}")), ["1:uid-taken"], "{before:?}");
    }
    let in_json = format!("{{\"level\":\"error\",\"message\":\"{}\"}}", TAKEN.replace('\n', "\\n"));
    assert_eq!(found(in_json), ["1:uid-taken"]);
    let windows = String::from_utf8(log("uid-taken")).unwrap().replace('\n', "\r\n");
    assert_eq!(found(&windows), found(log("uid-taken")));
    let wide: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found([&[0xff, 0xfe][..], &wide].concat()), found(log("uid-taken")));
}

#[test]
fn without_a_known_message_the_first_error_is_shown() {
    let error = |text: String| diagnosed(text).first_error.map(|error| (error.line, error.message));
    let bug = traceback("ZeroDivisionError: division by zero");
    assert_eq!(error(format!("starting\n{bug}")), Some((5, "ZeroDivisionError: division by zero".to_owned())));
    assert_eq!(error(format!("{bug}{UP}")), None);
    assert_eq!(error("ok\nsrc/a.ts(1,2): error TS2322: no\n".to_owned()).unwrap().0, 2);
    assert_eq!(error("errors: 0, exceptions: 0\n".to_owned()), None);
    assert!(diagnosed("Job failed with exit code: 1\n").has_failed && !diagnosed(UP).has_failed);
}

#[test]
fn a_file_that_a_stage_does_not_have_is_told_from_one_of_the_build_context() {
    let missing = |path: &str| format!("failed to calculate checksum of ref 8b4a::a1u: \"{path}\": not found\n");
    let solve = format!("ERROR: failed to solve: failed to compute cache key: {}", missing("/dist"));
    for (instruction, id) in [
        ("#7 [app 2/3] COPY --from=build /dist ./\n", "copy-from-source-missing"),
        (" > [app 2/3] COPY --from=build /dist ./:\n", "copy-from-source-missing"),
        (" => ERROR [app 2/3] COPY --chown=1000 --from=build /dist/ ./\n", "copy-from-source-missing"),
        ("--> COPY --from=build [\"/dist\", \"./\"]\n", "copy-from-source-missing"),
        ("  11 | >>> COPY --from=build /dist ./\n  12 |     COPY dist ./\n", "copy-from-source-missing"),
        ("#7 [app 2/3] RUN --mount=type=bind,from=build,source=/dist,target=/d ls\n", "copy-from-source-missing"),
        ("#7 [app 2/3] COPY ./dist ./\n", "copy-source-missing"),
        ("#7 [app 2/3] ADD dist/ ./\n", "copy-source-missing"),
        ("#6 [app 1/3] COPY --from=build /app ./\n#7 [app 2/3] COPY dist ./\n", "copy-source-missing"),
        ("#7 [app 2/3] RUN --mount=type=bind,source=dist,target=/d ls\n", "copy-source-missing"),
        ("#6 [app 1/3] COPY --from=build /app ./\n", "copy-source-missing-somewhere?"),
        ("", "copy-source-missing-somewhere?"),
    ] {
        let line = instruction.lines().count() + 1;
        assert_eq!(found(format!("{instruction}{solve}")), [format!("{line}:{id}")], "{instruction}");
    }
    // Of two steps at the same time, the one that failed counts
    let steps = "#6 [a 2/3] COPY dist ./\n#7 [b 2/3] COPY --from=build /dist ./\n";
    assert_eq!(found(format!("{steps}#6 ERROR: {}", missing("/dist"))), ["3:copy-source-missing"]);
    assert_eq!(found(format!("{steps}#7 ERROR: {}", missing("/dist"))), ["3:copy-from-source-missing"]);
    // The beginning was cut: the end shows it
    let cut = format!("#7 ERROR: {}  > [b 2/3] COPY --from=build /dist ./:\n{solve}", missing("/dist"));
    assert_eq!(found(cut), ["3:copy-from-source-missing"]);
}

#[test]
fn a_line_that_looks_like_an_error_is_shown_whatever_the_tool() {
    for line in [
        "[ERROR] Failed to execute goal org.example:example-plugin:1.0:run (default) on project app: no",
        " => ERROR [build 3/4] RUN make                                  8.4s",
        "ERR_PNPM_META_FETCH_FAIL  GET request failed",
        "Unhandled exception. System.InvalidOperationException: no",
        "** (Mix) Could not compile dependency :x",
        "bundler: failed to load command: puma (/app/bin/puma)",
        "/app/a.rb:5:in 'b': no (ArgumentError)",
        "APPLICATION FAILED TO START",
        "BUILD FAILED in 3s",
        "Exception in thread \"main\" java.lang.IllegalStateException: no",
        "Internal Error: no",
        " ⨯ TypeError: no",
        "✘ [ERROR] Expected \";\"",
        "Failed to compile.",
        "Could not find gem 'rails' in locally installed gems.",
        "sh: can't cd to /app",
        "make: *** [Makefile:3: all] Error 1",
        "CMake Error at CMakeLists.txt:1 (project):",
        "Error response from daemon: no",
        "time=\"2026-11-01T07:41:03Z\" level=error msg=\"no\"",
        "./main.go:12:2: undefined: total",
        "2026/11/01 07:41:03 [emerg] 1#1: no",
    ] {
        let log = format!("starting\n{line}\nending\n");
        let first = diagnosed(&log).first_error.map(|error| error.line);
        assert_eq!(first, Some(2), "{line}");
    }
    let error = |text: &str| diagnosed(text).first_error.map(|error| error.line);
    assert_eq!(
        error(" => ERROR [2/3] RUN make\nBUILD FAILURE\nsrc/a.c:1:2: error: no\n"),
        Some(3),
        "what says more counts"
    );
    let quiet = "ok: 0 errors\nno failures, Exceptions: none\nException handling is on\nmain.go:12: listens, and could not be better\n";
    assert_eq!(error(quiet), None);
}

#[test]
fn a_healthy_log_has_nothing_that_looks_like_an_error() {
    for (name, text) in super::logs().into_iter().filter(|(name, _)| name.starts_with("none-healthy")) {
        let first = diagnosed(&text).first_error;
        // A program that is missing is an error, although the server goes on
        assert!(first.is_none() || name == "none-healthy-missing-program-after-start", "{name}: {first:?}");
    }
}

#[test]
fn an_inner_exception_of_dotnet_is_not_the_end_of_a_step() {
    let exception = "Unhandled exception. System.Exception: no\n ---> System.Exception: inner\n";
    assert_eq!(diagnosed(exception).first_error.map(|error| error.line), Some(1));
    assert_eq!(found(format!("Step 1/2 : RUN a\n{TAKEN} ---> 8f2a0c1b9d3e\n")), Vec::<String>::new());
    assert_eq!(found(format!("Step 1/2 : RUN a\n{TAKEN} ---> Using cache\n")), Vec::<String>::new());
}
