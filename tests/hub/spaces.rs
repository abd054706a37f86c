//! The settings of a Space, its stages and its logs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::access::error;
use super::checks::{HARDWARE, Outcome, SETTING, SETTING_NAME, SETTINGS, SLEEP, check, media_type, refuse};
use super::http::Answer;
use super::log::Logged;
use super::routes::Context;
use super::script::{Script, Stage};
use super::state::Space;

/// When everything was made and changed.
pub const BEGINNING: &str = "2026-01-01T00:00:00.000Z";
/// Seconds before a Space on the free hardware sleeps.
const SLEEPS_AFTER: i64 = 48 * 60 * 60;
/// Source: issue 3804 of gradio-app/gradio.
pub const PAYMENT_METHOD: &str = "You must add a payment method to your account to upgrade your space's hardware. Visit your billing \
                                  settings to add one: https://huggingface.co/settings/billing";
/// Hardware that costs nothing.
const FREE: [&str; 2] = ["cpu-basic", "zero-a10g"];

/// `GET`, `POST`, `DELETE ../secrets` and `../variables`
pub fn settings(context: &Context, what: &str) -> Outcome {
    let (head, body) = (&context.entry.head, context.entry.body.value());
    if head.method != "GET" {
        media_type(head, "application/json")?;
        check(body, if head.method == "POST" { SETTING } else { SETTING_NAME }, "body")?;
    }
    context.write(|state| {
        let Some(space) = state.spaces.get_mut(context.id) else { return refuse("the Space has gone") };
        let settings = if what == "secrets" { &mut space.secrets } else { &mut space.variables };
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        match head.method.as_str() {
            "POST" => drop(settings.insert(text("key"), text("value"))),
            "DELETE" => drop(settings.remove(&text("key"))),
            _ => {}
        }
        let rows = settings.iter().map(|(name, value)| {
            let mut row = json!({"key": name, "updatedAt": BEGINNING});
            if what == "variables" {
                row["value"] = json!(value);
            }
            (name.clone(), row)
        });
        Ok(Answer::json(200, &Value::Object(rows.collect())))
    })
}

/// `POST ../hardware`
pub fn hardware(context: &Context) -> Outcome {
    media_type(&context.entry.head, "application/json")?;
    let body = context.entry.body.value();
    check(body, HARDWARE, "body")?;
    let flavor = body["flavor"].as_str().unwrap_or_default();
    if !FREE.contains(&flavor) && !context.account.payment {
        return context.write(|_| Ok(error(403, PAYMENT_METHOD)));
    }
    change(context, |space| {
        space.hardware = Some(flavor.to_owned());
        space.sleep_time = body["sleepTimeSeconds"].as_i64().or(space.sleep_time);
    })
}

/// `POST ../sleeptime`
pub fn sleep_time(context: &Context) -> Outcome {
    media_type(&context.entry.head, "application/json")?;
    check(context.entry.body.value(), SLEEP, "body")?;
    change(context, |space| space.sleep_time = context.entry.body.value()["seconds"].as_i64())
}

/// `POST ../restart` and `../pause`
pub fn restart(context: &Context) -> Outcome {
    if !matches!(context.entry.body, Logged::None) {
        return refuse("no client sends a body with this");
    }
    let pauses = context.entry.head.path.ends_with("/pause");
    change(context, |space| {
        space.start();
        space.paused = pauses;
    })
}

/// `PUT ../settings`
pub fn visibility(context: &Context) -> Outcome {
    media_type(&context.entry.head, "application/json")?;
    check(context.entry.body.value(), SETTINGS, "body")?;
    let wanted = context.entry.body.value()["visibility"].as_str().unwrap_or_default().to_owned();
    context.write(|state| {
        let Some(space) = state.spaces.get_mut(context.id) else { return refuse("the Space has gone") };
        space.visibility = wanted;
        Ok(Answer::json(200, &json!({"visibility": space.visibility, "private": space.is_private()})))
    })
}

/// Changes a Space and answers with its runtime.
fn change(context: &Context, change: impl FnOnce(&mut Space)) -> Outcome {
    context.write(|state| {
        let Some(space) = state.spaces.get_mut(context.id) else { return refuse("the Space has gone") };
        change(space);
        Ok(Answer::json(200, &runtime_of(space, &context.shared.script)))
    })
}

/// `GET ../runtime`, which takes a step to the next stage
pub fn runtime(context: &Context) -> Answer {
    let mut state = context.shared.state.lock().unwrap();
    let Some(space) = state.spaces.get_mut(context.id).filter(|space| context.account.may_see(space)) else {
        return super::access::not_found();
    };
    let answer = runtime_of(space, &context.shared.script);
    space.stage += usize::from(space.commits.len() > 1);
    Answer::json(200, &answer)
}

/// The runtime of a Space as it is. Source: `SpaceRuntime` of both clients.
pub fn runtime_of(space: &Space, script: &Script) -> Value {
    let (empty, paused) = (Stage::named("NO_APP_FILE"), Stage::named("PAUSED"));
    let stage = match space.commits.len() {
        0 | 1 => &empty,
        _ if space.paused => &paused,
        _ => script.stages.get(space.stage).or(script.stages.last()).unwrap_or(&empty),
    };
    let requested = space.hardware.as_deref().unwrap_or("cpu-basic");
    let current = stage.name.starts_with("RUNNING").then_some(requested);
    let mut runtime = json!({
        "stage": stage.name,
        "hardware": {"current": current, "requested": requested},
        "storage": null,
        "gcTimeout": space.sleep_time.unwrap_or(SLEEPS_AFTER),
        "replicas": {"current": i32::from(current.is_some()), "requested": 1},
        "devMode": false,
        "domains": [{"domain": format!("{}.hf.space", space.id.replace('/', "-").to_lowercase()), "stage": "READY"}],
    });
    if let Some(error) = &stage.error {
        runtime["errorMessage"] = json!(error);
    }
    runtime
}

/// `GET ../logs/build` and `../logs/run`
pub fn logs(context: &Context, what: &str) -> Outcome {
    context.read(|_| {
        let script = &context.shared.script;
        let lines = if what == "build" { &script.build_log } else { &script.run_log };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let events = lines.iter().map(|line| json!({"data": line, "timestamp": timestamp(now)}).to_string());
        let mut answer =
            Answer::empty(200).header("Content-Type", "text/event-stream").header("Cache-Control", "no-cache");
        answer.headers.push(("Date".into(), date(now)));
        answer.events = Some(events.collect());
        Ok(answer)
    })
}

/// Year, month and day of a number of days since 1970.
/// Source: <https://howardhinnant.github.io/date_algorithms.html>, `civil_from_days`.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

fn timestamp(since: Duration) -> String {
    let (seconds, (year, month, day)) = (since.as_secs(), civil(since.as_secs() / 86_400));
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis())
}

fn date(since: Duration) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (seconds, days) = (since.as_secs(), since.as_secs() / 86_400);
    let (year, month, day) = civil(days);
    let (weekday, month) =
        (DAYS[usize::try_from(days % 7).unwrap_or(0)], MONTHS[usize::try_from(month - 1).unwrap_or(0)]);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}
