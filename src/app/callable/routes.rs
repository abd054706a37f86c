//! The functions that FastAPI serves.

use super::super::project::PythonFile;
use super::function::Found;
use super::{Callables, Obstacle, function, input, output};
use crate::formats::python::{Call, Function, Value};

/// The methods of an application or a router that serve a function.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "api_route"];

/// What makes an application or a router.
const MAKERS: [&str; 3] = ["fastapi.FastAPI()", "fastapi.APIRouter()", "fastapi.applications.FastAPI()"];

/// Reads a file.
pub(super) fn read(file: &PythonFile<'_>, callables: &mut Callables) {
    if !file.source.imports_module("fastapi") {
        return;
    }
    let routes = file.source.functions.iter().filter(|function| function.scope.is_top_level());
    let routes = routes.filter_map(|function| {
        let decorator = |call: &&Call<'_>| function.range.start < call.at && call.at < function.at && is_route(call);
        Some((function, file.source.calls.iter().find(decorator)?))
    });
    let routes: Vec<(&Function<'_>, &Call<'_>)> = routes.collect();
    let has_public = routes.iter().any(|(_, call)| !is_private(call));
    for (function, call) in routes {
        // What is for the app's own page is not meant, if something else is
        if has_public && is_private(call) {
            continue;
        }
        let evidence = file.evidence(call.at, "serves it");
        let parts = parts(file, function);
        callables.add(match parts {
            Ok((arguments, output)) => Ok(function::callable(Found { file, function }, arguments, output, evidence)),
            Err(reason) => Err(Obstacle::new(function.name.to_owned(), reason, evidence)),
        });
    }
}

/// Whether it is left out of the API's description.
/// Source: <https://fastapi.tiangolo.com/advanced/path-operation-advanced-configuration/#exclude-from-openapi>.
fn is_private(call: &Call<'_>) -> bool {
    matches!(call.keyword("include_in_schema"), Some(Value::Boolean(false)))
}

fn is_route(call: &Call<'_>) -> bool {
    METHODS.contains(&call.method()) && MAKERS.iter().any(|maker| call.path.strip_prefix(maker).is_some())
}

fn parts(file: &PythonFile<'_>, function: &Function<'_>) -> Result<(Vec<super::Argument>, super::Output), String> {
    let arguments = function.parameters.iter().map(|one| input::by_annotation(&file.source, one));
    let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
    Ok((arguments, output::by_annotation(&file.source, function)?))
}
