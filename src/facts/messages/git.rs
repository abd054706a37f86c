//! What git and Git LFS say.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "shallow-push",
        patterns: &["! [remote rejected] {ref} (shallow update not allowed)"],
        cause: "Only the newest commits were checked out, as GitHub's workflows do, and the Hub does not take a push from such a shallow clone.",
        fix: "Give `actions/checkout` `fetch-depth: 0` (and `lfs: true`), or run `git fetch --unshallow` before the push.",
        rules: &["push-without-history"],
        example: " ! [remote rejected] main -> main (shallow update not allowed)",
        source: "https://github.com/TimPietrusky/lerobot.js/pull/18",
        ..Message::PUSH
    },
    Message {
        id: "push-not-forward",
        patterns: &["! [rejected] {ref} (fetch first)", "! [rejected] {ref} (non-fast-forward)"],
        cause: "The Space's repository has commits that this clone does not have; a Space that was made on the Hub begins with one.",
        fix: "Run `git pull --rebase` first (with `--allow-unrelated-histories` for the first push to a Space that was made on the Hub), or use `hf upload`; `git push --force` throws the commits there away.",
        example: " ! [rejected]        main -> main (fetch first)",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "branch-does-not-exist",
        patterns: &["error: src refspec {branch} does not match any"],
        cause: "There is no branch `{branch}` here, or it has no commit yet. The Hub builds the branch `main`.",
        fix: "Commit first, and push the branch that you have to main: `git push space HEAD:main`.",
        rules: &["pushed-branch"],
        example: "error: src refspec main does not match any",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "unrelated-histories",
        patterns: &["fatal: refusing to merge unrelated histories"],
        cause: "This repository and the Space's were begun separately, so git finds no common commit.",
        fix: "Run `git pull --allow-unrelated-histories`, or clone the Space and copy the files into it.",
        example: "fatal: refusing to merge unrelated histories",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "git-identity-unknown",
        patterns: &["fatal: unable to auto-detect email address"],
        cause: "git does not know who commits: the machine has no `user.name` and `user.email`.",
        fix: "Set both with `git config user.name ..` and `git config user.email ..` before the commit; in a workflow, in a step of its own.",
        example: "fatal: unable to auto-detect email address (got 'root@vm.(none)')",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "dubious-ownership",
        patterns: &["fatal: detected dubious ownership in repository at {path}"],
        cause: "The folder {path} belongs to another user than the one who runs git, so git refuses to read it.",
        fix: "Copy it with `--chown=user`, or mark it with `git config --global --add safe.directory {path}` as the user who runs git.",
        rules: &["copy-owned-by-root"],
        example: "fatal: detected dubious ownership in repository at '/app'",
        source: "own run of git 2.47",
        ..Message::BUILD
    },
    Message {
        id: "git-lfs-missing",
        patterns: &[
            "{}: git-lfs: not found",
            "git: 'lfs' is not a git command",
            "{}: git-lfs: command not found",
            "git-lfs: command not found",
        ],
        cause: "`.gitattributes` sends files to Git LFS, and the program git-lfs is not installed here.",
        fix: "Install git-lfs (in a Dockerfile: `apt-get install -y git-lfs`), run `git lfs install` once, and add the files again.",
        example: "git-lfs clean -- 'a.bin': 1: git-lfs: not found",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "lfs-object-missing",
        patterns: &[
            "{}(missing) {file} ({oid})",
            "LFS upload failed:",
            "{}Your push was rejected due to missing or corrupt local objects",
        ],
        cause: "A commit refers to a file in Git LFS whose content is not in this clone, so it cannot be uploaded; the usual cause is a checkout without LFS.",
        fix: "Check out with LFS (`lfs: true` of `actions/checkout`), or fetch the content first: `git lfs fetch --all` from where it is.",
        rules: &["checkout-without-lfs"],
        example: "LFS upload failed:",
        source: "https://github.com/git-lfs/git-lfs",
        ..Message::PUSH
    },
    Message {
        id: "lfs-download-failed",
        patterns: &["{}smudge filter lfs failed", "{}Smudge error: Error downloading"],
        cause: "git could not download the content of a file in Git LFS: it is missing on the server, or the account's LFS bandwidth is used up.",
        fix: "Push the missing content again with `git lfs push --all`, or skip it with `GIT_LFS_SKIP_SMUDGE=1` where the content is not needed.",
        example: "fatal: model.bin: smudge filter lfs failed",
        source: "https://github.com/git-lfs/git-lfs",
        ..Message::BUILD
    },
    Message {
        id: "git-credentials-missing",
        patterns: &["fatal: could not read Username for '{url}'", "fatal: could not read Password for '{url}'"],
        cause: "git needs a login for {url} and cannot ask for it: in a build or a workflow there is no terminal. Either the repository is private or does not exist, or the token is missing.",
        fix: "In a workflow, push to `https://user:$HF_TOKEN@huggingface.co/spaces/USER/NAME` with a secret; in a build, clone a public address, or mount a secret with the token.",
        example: "fatal: could not read Username for 'https://github.com': No such device or address",
        source: "https://git-scm.com/docs/gitcredentials",
        ..Message::PUSH
    },
    Message {
        id: "git-authentication-failed",
        weight: Weight::Follows,
        patterns: &["fatal: Authentication failed for '{url}'", "Invalid username or password"],
        cause: "The Hub does not accept the token: it has expired, has no write rights, or is another account's.",
        fix: "Make a token with write rights in the account's settings and use it as the password; in a workflow, look whether the secret is set and spelled as the workflow names it.",
        example: "fatal: Authentication failed for 'https://huggingface.co/spaces/acme/demo/'",
        source: "https://github.com/mlcommons/cm4mlops/issues/184",
        ..Message::PUSH
    },
    Message {
        id: "git-clone-not-found",
        patterns: &[
            "fatal: repository '{url}' not found",
            "Repository not found",
            "fatal: repository '{url}' does not exist",
        ],
        with: &["git clone"],
        cause: "The repository that git clones does not exist at this address, or may not be read from here: the address is misspelled or has an empty variable in it, or the repository is private and no valid token was given.",
        fix: "Open the address in a browser without a login to see whether it is public. Correct its spelling; for a private repository, mount a token as a secret in the same `RUN`.",
        also: &["empty-build-argument", "secret-without-mount"],
        example: "fatal: repository 'https://huggingface.co/acme/private/' not found",
        source: "own run of git 2.47",
        ..Message::BUILD
    },
    Message {
        id: "git-repository-not-found",
        patterns: &[
            "fatal: repository '{url}' not found",
            "Repository not found",
            "fatal: repository '{url}' does not exist",
        ],
        cause: "The address does not name a repository that exists and that this account may see.",
        fix: "Create the Space first (`hf repos create NAME --type space --space-sdk docker`), and check owner, name and spelling; the address of a Space has `/spaces/` in it.",
        example: "fatal: repository 'https://huggingface.co/spaces/acme/demmo/' not found",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "hook-declined",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["! [remote rejected] {ref} (pre-receive hook declined)"],
        cause: "The Hub refuses the push; its reason is in the lines that begin with `remote:` above, which this log does not have.",
        fix: "Get the whole output of `git push` and look at the lines that begin with `remote:`. Binary files outside of Git LFS and an invalid front matter are the usual reasons; `spaces-new check` finds both.",
        example: " ! [remote rejected] main -> main (pre-receive hook declined)",
        source: "https://github.com/qdonnars/ohmywind/pull/289",
        ..Message::PUSH
    },
    Message {
        id: "conflict-markers",
        patterns: &["{}<<<<<<< HEAD"],
        rules: &["conflict-markers"],
        cause: "A file was committed with the marks of a merge conflict in it.",
        fix: "Resolve the conflict: keep one of the two parts, remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`, and commit again.",
        example: "ERROR: Invalid requirement: '<<<<<<< HEAD' (from line 3 of requirements.txt)",
        source: "own run of pip 23.2",
        ..Message::BUILD
    },
];
