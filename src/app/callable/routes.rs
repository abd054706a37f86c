//! The functions that FastAPI serves.

use super::super::project::PythonFile;
use super::function::Found;
use super::{Callables, Obstacle, function, input, output};
use crate::formats::python::{Call, Function};

/// The methods of an application or a router that serve a function.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "api_route"];

/// What makes an application or a router.
const MAKERS: [&str; 3] = ["fastapi.FastAPI()", "fastapi.APIRouter()", "fastapi.applications.FastAPI()"];

/// Reads a file.
pub(super) fn read(file: &PythonFile<'_>, callables: &mut Callables) {
    if !file.source.imports_module("fastapi") {
        return;
    }
    for function in file.source.functions.iter().filter(|function| function.scope.is_top_level()) {
        let decorator = |call: &&Call<'_>| function.range.start < call.at && call.at < function.at && is_route(call);
        let Some(call) = file.source.calls.iter().find(decorator) else { continue };
        let evidence = file.evidence(call.at, "serves it");
        let parts = parts(file, function);
        callables.add(match parts {
            Ok((arguments, output)) => Ok(function::callable(Found { file, function }, arguments, output, evidence)),
            Err(reason) => Err(Obstacle::new(function.name.to_owned(), reason, evidence)),
        });
    }
}

fn is_route(call: &Call<'_>) -> bool {
    METHODS.contains(&call.method()) && MAKERS.iter().any(|maker| call.path.strip_prefix(maker).is_some())
}

fn parts(file: &PythonFile<'_>, function: &Function<'_>) -> Result<(Vec<super::Argument>, super::Output), String> {
    let arguments = function.parameters.iter().map(|one| input::by_annotation(&file.source, one));
    let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
    Ok((arguments, output::by_annotation(&file.source, function)?))
}
