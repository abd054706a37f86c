//! What the Hub says about the rights of a push, and about faults of its own.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "push-not-authorized",
        patterns: &["DENIED update refs/heads/{branch}: forbidden", "You are not authorized to push to this repo"],
        cause: "The Hub does not allow this push: the token that git sends is a read token, is not valid for this repository, or its account has no write role in the organization.",
        fix: "Make a token with write rights in the account's settings and give it to git in place of the old one: `hf auth login --add-to-git-credential`, or remove the stored password of huggingface.co first. In an organization, the account needs the role `write`.",
        example: "remote: DENIED update refs/heads/main: forbidden",
        source: "https://github.com/huggingface/huggingface_hub/issues/937",
        ..Message::PUSH
    },
    Message {
        id: "push-forbidden",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &[
            "fatal: unable to access 'https://huggingface.co/{path}': The requested URL returned error: 403",
            "fatal: unable to access 'https://hf.co/{path}': The requested URL returned error: 403",
        ],
        cause: "The Hub refuses the request (403): the token has no write rights for this repository, or a rule of the organization does not allow it. The lines that begin with `remote:`, if there are any, say which.",
        fix: "Make a token with write rights in the account's settings and use it for the push; if the organization allows only some IP addresses or fine-grained tokens, follow its rules.",
        example: "fatal: unable to access 'https://huggingface.co/spaces/acme/demo/': The requested URL returned error: 403",
        source: "own run of git 2.47",
        ..Message::PUSH
    },
    Message {
        id: "lfs-not-authorized",
        patterns: &[
            "batch response: Authorization error",
            "batch response: Authentication required",
            "LFS: Authorization error: https://huggingface.co/{path}",
        ],
        cause: "Git LFS may not upload to this repository: git sends no token, an old one that it has stored, or one without write rights.",
        fix: "Make a token with write rights in the account's settings, remove the stored password of huggingface.co from git's credential helper, and run `hf auth login --add-to-git-credential`; `hf upload` needs no Git LFS at all.",
        example: "batch response: Authorization error.",
        source: "https://github.com/nlp-with-transformers/notebooks/issues/53",
        ..Message::PUSH
    },
    Message {
        id: "ssh-key-unknown",
        patterns: &["git@{host}: Permission denied (publickey"],
        cause: "git connects to {host} with SSH, and that site knows none of the SSH keys of this machine.",
        fix: "Add the public key (`~/.ssh/id_ed25519.pub`; `ssh-keygen -t ed25519` makes one) in the settings of the account, or push over HTTPS with a token: `git remote set-url origin https://huggingface.co/spaces/USER/NAME`.",
        example: "git@hf.co: Permission denied (publickey).",
        source: "https://github.com/archf/ghi/issues/1",
        ..Message::PUSH
    },
    Message {
        id: "ssh-host-unknown",
        patterns: &["Host key verification failed."],
        cause: "SSH does not know the server's key: this machine has never connected to it, as in a workflow or a container, or the key has changed.",
        fix: "Connect once by hand and confirm (`ssh -T git@hf.co`), or add the key to `~/.ssh/known_hosts` (`ssh-keyscan hf.co >> ~/.ssh/known_hosts`, after comparing it); in a workflow, push over HTTPS with a token. If the key has changed, find out why first.",
        example: "Host key verification failed.",
        source: "https://deverrors.com/errors/git-host-key-verification-failed",
        ..Message::PUSH
    },
    Message {
        id: "lfs-file-above-5-gb",
        patterns: &["{}You need to configure your repository to enable upload of files > 5GB"],
        cause: "A file is larger than 5 GB, which Git LFS uploads only after the repository was set up for it.",
        fix: "Use `hf upload`, which needs no set-up, or run `hf lfs-enable-largefiles .` in the repository and push again. Models belong into a model repository: that of a Space is limited to 1 GB.",
        example: "You need to configure your repository to enable upload of files > 5GB.",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::PUSH
    },
    Message {
        id: "push-too-large",
        patterns: &["error: RPC failed; HTTP 413"],
        cause: "The server refuses the push since it is too large for one request (413): large files are in the commits as plain git objects.",
        fix: "Track large files with Git LFS or Xet (`git lfs migrate import --everything --include=\"*.bin\"` rewrites commits that have them), or use `hf upload`.",
        also: &["large-text-file", "binary-without-lfs"],
        example: "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413",
        source: "https://github.com/go-gitea/gitea/issues/32839",
        ..Message::PUSH
    },
    Message {
        id: "space-not-cloned",
        is_ambiguous: true,
        patterns: &[
            "Error while cloning repository",
            "Error while cloning Space repository",
            "{}Reason: Error while cloning repository",
        ],
        unless: &["unning on http", "istening "],
        cause: "The Hub could not clone the Space's own repository for the build: the repository has reached its size limit, a file in Git LFS is missing, or the Hub had a fault.",
        fix: "Look at the size of the repository in the Space's settings and delete large files there, also old ones of Git LFS; then rebuild (Factory rebuild). If it stays with a small repository, report it to the Hub.",
        also: &["checkout-without-lfs"],
        example: "Error while cloning Space repository",
        source: "https://github.com/CikeyQi/QQsign_docs/issues/4",
        ..Message::BUILD
    },
    Message {
        id: "hub-registry-failed",
        patterns: &["{}failed to push spaces-registry.huggingface.tech/{image}"],
        cause: "The image was built, and the Hub could not store it in its own registry. Nothing is wrong with the repository.",
        fix: "Build again later (Factory rebuild); if it stays for hours, look at https://status.huggingface.co and report it to the Hub.",
        example: "ERROR: failed to push spaces-registry.huggingface.tech/spaces/6720:cpu-1-2: unexpected status from HEAD request: 401 Unauthorized",
        source: "https://github.com/huggingface/huggingface_hub/issues/3019",
        ..Message::BUILD
    },
    Message {
        id: "container-start-canceled",
        is_ambiguous: true,
        patterns: &["{}failed to create shim task: context canceled"],
        cause: "The Hub gave up while it started the container, before the app ran: usually a fault of the machine, sometimes an image so large that it takes too long to load.",
        fix: "Restart the Space (Factory rebuild if that is not enough). If it stays, make the image smaller: no models and no CUDA libraries that are not needed.",
        also: &["cuda-torch-on-cpu"],
        example: "Exit code: 128. Reason: failed to create containerd task: failed to create shim task: context canceled",
        source: "https://github.com/Kunbyte-AI/ROSE/issues/13",
        ..Message::RUN
    },
    Message {
        id: "scheduling-failed",
        is_ambiguous: true,
        patterns: &["{}Scheduling failure: unable to schedule"],
        cause: "The Hub could not place the Space on a machine. Usually that is the Hub's fault or a lack of machines, and nothing is wrong with the repository.",
        fix: "Restart the Space later, or choose other hardware in its settings.",
        example: "Scheduling failure: unable to schedule",
        source: "https://github.com/potamides/DeTikZify/issues/9",
        ..Message::RUN
    },
    Message {
        id: "app-ended",
        patterns: &["{}Exit code: 0. Reason: application does not seem to be initialized"],
        cause: "The program ended by itself and without an error (exit code 0), so nothing answers on the port of the Space: app.py starts no server, often since `demo.launch()` is missing, or the start command runs a job or puts the server into the background.",
        fix: "Call `demo.launch()` at the end of app.py (`uvicorn.run(..)`, `app.run(..)` for other servers), outside of a function that nobody calls, and let the start command run in the foreground.",
        example: "Exit code: 0. Reason: application does not seem to be initialized",
        source: "https://github.com/huggingface/huggingface_hub/issues/3143",
        ..Message::RUN
    },
    Message {
        id: "inference-credits-used",
        patterns: &[
            "{}402 Client Error: Payment Required for url: https://router.huggingface.co/{path}",
            "{}You have exceeded your monthly included credits for Inference Providers",
            "{}Client error '402 Payment Required' for url 'https://router.huggingface.co/{path}'",
            "{}You have depleted your monthly included credits",
        ],
        cause: "The account whose token the app uses has no credits left for Inference Providers this month.",
        fix: "Wait for the next month, subscribe to PRO, or buy credits in the billing settings; or run a small model in the Space itself. With `hf_oauth`, the app can use the visitor's own credits.",
        example: "You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.",
        source: "https://huggingface.co/docs/inference-providers/pricing",
        ..Message::RAISED
    },
    Message {
        id: "inference-not-permitted",
        patterns: &["{}does not have sufficient permissions to call Inference Providers on behalf of user {user}"],
        cause: "The token that the app uses may not call Inference Providers for the account {user}: it is a fine-grained token without that permission, or one from a sign-in without the scope `inference-api`.",
        fix: "Give the token the permission \"Make calls to Inference Providers\" in the account's settings, and set it as the secret HF_TOKEN; for tokens of visitors, add `inference-api` to `hf_oauth_scopes` in README.md.",
        also: &["oauth-scope-missing"],
        example: "403 Forbidden: This authentication method does not have sufficient permissions to call Inference Providers on behalf of user acme.",
        source: "https://huggingface.co/docs/inference-providers/index",
        ..Message::RAISED
    },
];
