//! Conditions in manifests: expressions over answers and derived values.

use std::fmt;

use minijinja::{Environment, Error, UndefinedBehavior, Value};

/// Evaluates conditions. A name that does not exist is an error.
pub(super) struct Conditions {
    environment: Environment<'static>,
}

/// A condition cannot be compiled or evaluated.
#[derive(Debug)]
pub(crate) struct ConditionError(Error);

impl fmt::Display for ConditionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Conditions {
    pub(super) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        Self { environment }
    }

    /// Whether a condition holds in a context.
    pub(super) fn holds(&self, condition: &str, context: Value) -> Result<bool, ConditionError> {
        let expression = self.environment.compile_expression_owned(condition.to_owned()).map_err(ConditionError)?;
        Ok(expression.eval(context).map_err(ConditionError)?.is_true())
    }
}
