//! What a test decides before the server starts: accounts, stages, logs, limits, faults.

use std::time::Duration;

use super::faults::Fault;

/// Who a token belongs to.
#[derive(Debug, Clone)]
pub struct Account {
    pub token: String,
    pub name: String,
    /// Has PRO, and may make Docker and Gradio Spaces.
    pub paid: bool,
    /// May request hardware that costs money.
    pub payment: bool,
    /// The token may write.
    pub writes: bool,
    /// The organizations of the account: their names, and whether they have a paid plan.
    pub organizations: Vec<(String, bool)>,
}

impl Account {
    pub fn new(name: &str, token: &str) -> Self {
        let (token, name) = (token.into(), name.into());
        Self { token, name, paid: false, payment: false, writes: true, organizations: Vec::new() }
    }
}

/// A stage of a Space, as `GET ../runtime` answers it.
#[derive(Debug, Clone)]
pub struct Stage {
    pub name: String,
    pub error: Option<String>,
}

/// A Space that exists when the server starts.
#[derive(Debug, Clone)]
pub struct Existing {
    pub id: String,
    pub sdk: String,
    pub private: bool,
}

/// What the server does. Every request for the runtime takes the next stage, and the last one stays; a commit starts them again.
#[derive(Debug, Clone)]
pub struct Script {
    pub accounts: Vec<Account>,
    pub spaces: Vec<Existing>,
    pub stages: Vec<Stage>,
    pub build_log: Vec<String>,
    pub run_log: Vec<String>,
    /// How long a stream of logs stays open after its last line.
    pub logs_stay: Duration,
    /// Files of this size and more are uploaded in parts, of `part_size`.
    pub multipart_from: u64,
    pub part_size: u64,
    /// The size of all LFS objects of a Space that the server accepts.
    pub storage: u64,
    /// The size of all LFS objects of a private Space that the server accepts.
    pub private_storage: u64,
    /// Whether the answer to the LFS batch asks for a verification afterwards.
    pub verifies: bool,
    pub faults: Vec<Fault>,
    /// The address of the servers for git and git-lfs.
    pub git: Option<String>,
}

impl Script {
    /// The token of the account that [`Script::paid`] and [`Script::free`] know.
    pub const TOKEN: &'static str = "hf_aTokenOfTheTestServerThatIsNotReal";
    /// The name of that account.
    pub const OWNER: &'static str = "tester";

    /// One account with PRO and a payment method, and a Space that builds and runs.
    pub fn paid() -> Self {
        let mut script = Self::free();
        script.accounts[0].paid = true;
        script.accounts[0].payment = true;
        script
    }

    /// One account with the free plan.
    pub fn free() -> Self {
        Self {
            accounts: vec![Account::new(Self::OWNER, Self::TOKEN)],
            spaces: Vec::new(),
            stages: ["BUILDING", "APP_STARTING", "RUNNING"].map(Stage::named).into(),
            build_log: vec!["--> FROM docker.io/library/python:3.13\n".into(), "DONE 0.1s\n".into()],
            run_log: vec!["===== Application Startup =====\n".into(), "Running on http://0.0.0.0:7860\n".into()],
            logs_stay: Duration::from_mins(1),
            multipart_from: 4 << 20,
            part_size: 2 << 20,
            storage: u64::MAX,
            private_storage: u64::MAX,
            verifies: true,
            faults: Vec::new(),
            git: None,
        }
    }

    /// Sets the stages after a commit.
    #[must_use]
    pub fn stages(mut self, names: &[&str]) -> Self {
        self.stages = names.iter().copied().map(Stage::named).collect();
        self
    }

    /// The Space ends with this stage, which has this message.
    #[must_use]
    pub fn fails(mut self, name: &str, error: &str) -> Self {
        let stage = Stage { name: name.into(), error: Some(error.into()) };
        self.stages = vec![Stage::named("BUILDING"), stage];
        self
    }

    /// Sets the lines of the log of the build.
    #[must_use]
    pub fn build_log(mut self, lines: &[&str]) -> Self {
        self.build_log = lines.iter().map(|line| format!("{line}\n")).collect();
        self
    }

    /// Sets the lines of the log of the running app.
    #[must_use]
    pub fn run_log(mut self, lines: &[&str]) -> Self {
        self.run_log = lines.iter().map(|line| format!("{line}\n")).collect();
        self
    }

    /// Adds a Space that exists.
    #[must_use]
    pub fn space(mut self, id: &str, sdk: &str) -> Self {
        self.spaces.push(Existing { id: id.into(), sdk: sdk.into(), private: false });
        self
    }

    /// Adds a fault.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }
}

impl Stage {
    pub fn named(name: &str) -> Self {
        Self { name: name.into(), error: None }
    }
}
