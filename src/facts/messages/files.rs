//! Users, owners and permissions: the container runs as UID 1000.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "uid-taken",
        patterns: &[
            "useradd: UID {uid} is not unique",
            "adduser: uid '{uid}' in use",
            "adduser: The UID {uid} is already in use",
        ],
        cause: "The base image already has a user with UID {uid}: `ubuntu` in Ubuntu 23.04 and later, and in CUDA images on it, `node` in Node images. A second one cannot be made.",
        fix: "Use the user that is there (`USER ubuntu`, `USER node`), or remove it first: `userdel -r ubuntu`, then `useradd -m -u 1000 user`.",
        rules: &["uid-already-taken"],
        example: "useradd: UID 1000 is not unique",
        source: "https://github.com/edgegap/edgegap-unreal-plugin/issues/9",
        ..Message::BUILD
    },
    Message {
        id: "gid-taken",
        patterns: &["groupadd: GID '{gid}' already exists", "addgroup: gid '{gid}' in use"],
        cause: "The base image already has a group with GID {gid}, such as `ubuntu` or `node`.",
        fix: "Leave out `groupadd`, and use the user that is there, or remove it first with `userdel -r`.",
        rules: &["uid-already-taken"],
        example: "groupadd: GID '1000' already exists",
        source: "own run of shadow 4.13",
        ..Message::BUILD
    },
    Message {
        id: "user-name-taken",
        patterns: &[
            "useradd: user '{name}' already exists",
            "adduser: The user `{name}' already exists",
            "adduser: user '{name}' in use",
        ],
        cause: "The base image already has a user of the name {name}.",
        fix: "Leave out the `useradd`, or choose another name; see that the user has UID 1000.",
        rules: &["uid-already-taken"],
        example: "useradd: user 'ubuntu' already exists",
        source: "own run of shadow 4.13",
        ..Message::BUILD
    },
    Message {
        id: "useradd-missing",
        patterns: &[
            "{}: useradd: not found",
            "{}: useradd: command not found",
            "useradd: command not found",
            "{}: groupadd: not found",
        ],
        cause: "Alpine and BusyBox have no `useradd`.",
        fix: "Write `RUN adduser -D -u 1000 user`.",
        rules: &["useradd-on-alpine"],
        example: "/bin/sh: useradd: not found",
        source: "https://wiki.alpinelinux.org/wiki/Setting_up_a_new_user",
        ..Message::BUILD
    },
    Message {
        id: "useradd-not-as-root",
        patterns: &["useradd: cannot lock /etc/passwd; try again later.", "useradd: Permission denied."],
        cause: "`useradd` runs after the Dockerfile has switched to a user who is not root.",
        fix: "Move it above the `USER` line.",
        rules: &["apt-after-user"],
        example: "useradd: Permission denied.",
        source: "own run of shadow 4.13",
        ..Message::BUILD
    },
    Message {
        id: "chown-of-unknown-user",
        patterns: &[
            "chown: invalid user: ‘{user}’",
            "chown: invalid user: '{user}'",
            "chown: unknown user/group {user}",
            "chown: unknown user {user}",
        ],
        cause: "`chown` names a user or group that the image does not have: {user}.",
        fix: "Create the user before that line, or write the number: `chown 1000:1000 ..`; best is `COPY --chown=1000:1000`.",
        rules: &["unknown-user"],
        example: "chown: invalid user: ‘user:user’",
        source: "own run of coreutils 9.1",
        ..Message::BUILD
    },
    Message {
        id: "chown-not-permitted",
        patterns: &[
            "chown: changing ownership of {path}: Operation not permitted",
            "chmod: changing permissions of {path}: Operation not permitted",
        ],
        cause: "Only root may change the owner of {path}, and the container runs as UID 1000.",
        fix: "Set the owner in the image: `COPY --chown=user`, or `RUN chown` above the `USER` line; take the `chown` out of the start script.",
        rules: &["start-needs-root"],
        example: "chown: changing ownership of '/app/data': Operation not permitted",
        source: "own run of coreutils 9.1",
        ..Message::RUN
    },
    Message {
        id: "cache-folder-not-writable",
        patterns: &[
            "PermissionError: [Errno 13] Permission denied: '/.{folder}'",
            "OSError: [Errno 30] Read-only file system: '/.{folder}'",
            "{}Could not create directory '/.{folder}'",
        ],
        cause: "The container runs as UID 1000 without a home directory, so `~` is `/`, and the app may not write to /.{folder}.",
        fix: "Create a user with UID 1000 and a home (`RUN useradd -m -u 1000 user`), switch to it with `USER user`, and set `ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH`; or point `HF_HOME` and the like to a folder that the user owns.",
        rules: &["missing-user", "home-unset-at-build", "home-owned-by-root"],
        example: "PermissionError: [Errno 13] Permission denied: '/.cache'",
        source: "https://discuss.huggingface.co/t/permission-denied-when-writing-to-local-directory-even-after-factory-rebuild/169093",
        ..Message::RAISED
    },
    Message {
        id: "cache-folder-warning",
        weight: Weight::Warns,
        patterns: &["There was a problem when trying to write in your cache folder ({path})"],
        cause: "The library may not write its cache folder, {path}: the container runs as UID 1000 without a home of its own.",
        fix: "Create a user with UID 1000 and a home (`RUN useradd -m -u 1000 user`), switch to it with `USER user`, and set `ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH`; or point `HF_HOME` and the like to a folder that the user owns.",
        rules: &["missing-user"],
        example: "There was a problem when trying to write in your cache folder (/.cache/huggingface/hub).",
        source: "https://github.com/huggingface/transformers",
        ..Message::RUN
    },
    Message {
        id: "matplotlib-folder-warning",
        weight: Weight::Warns,
        patterns: &[
            "{}mkdir -p failed for path {path}: [Errno 13] Permission denied",
            "Matplotlib created a temporary cache directory at {path} because",
        ],
        cause: "Matplotlib may not write its folder: the container runs as UID 1000 without a home of its own. Matplotlib goes on all the same, only slower.",
        fix: "Create a user with UID 1000 and a home (`RUN useradd -m -u 1000 user`), switch to it with `USER user`, and set `ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH`; or point `HF_HOME` and the like to a folder that the user owns.",
        rules: &["missing-user"],
        example: "mkdir -p failed for path /.config/matplotlib: [Errno 13] Permission denied: '/.config'",
        source: "https://github.com/matplotlib/matplotlib",
        ..Message::RUN
    },
    Message {
        id: "nltk-data-not-writable",
        patterns: &[
            "PermissionError: [Errno 13] Permission denied: '/nltk_data'",
            "PermissionError: [Errno 13] Permission denied: '/usr/local/share/nltk_data'",
            "PermissionError: [Errno 13] Permission denied: '/root/{path}'",
        ],
        cause: "A library downloads data to a folder that belongs to root.",
        fix: "Download it at build time after `USER user`, or set the library's variable (`NLTK_DATA`, `HF_HOME`, ..) to a folder below /home/user.",
        rules: &["missing-user", "installed-for-root"],
        example: "PermissionError: [Errno 13] Permission denied: '/nltk_data'",
        source: "https://discuss.huggingface.co/t/permission-denied-when-writing-to-local-directory-even-after-factory-rebuild/169093",
        ..Message::RAISED
    },
    Message {
        id: "data-folder-not-writable",
        is_ambiguous: true,
        patterns: &[
            "PermissionError: [Errno 13] Permission denied: '/data'",
            "PermissionError: [Errno 13] Permission denied: '/data/{rest}'",
            "OSError: [Errno 30] Read-only file system: '/data'",
            "OSError: [Errno 30] Read-only file system: '/data/{rest}'",
            "Error: EACCES: permission denied, mkdir '/data'",
            "Error: EACCES: permission denied, mkdir '/data/{rest}'",
        ],
        cause: "UID 1000 may not write below /data. Either no storage is attached to the Space, so that /data does not exist at run time, or what is there belongs to root: a bucket that is mounted there, or a folder that the Dockerfile made.",
        fix: "Choose the folder when the app starts: /data if it is writable, otherwise one below $HOME, whose content is lost on a restart. Do not create or fill /data in the Dockerfile.",
        rules: &["cache-below-data", "data-filled-at-build"],
        example: "PermissionError: [Errno 13] Permission denied: '/data'",
        source: "https://huggingface.co/docs/hub/spaces-storage",
        ..Message::RAISED
    },
    Message {
        id: "data-file-missing",
        is_ambiguous: true,
        patterns: &["FileNotFoundError: [Errno 2] No such file or directory: '/data/{rest}'"],
        cause: "`/data/{rest}` does not exist: the app has not written it yet, it was never uploaded there, or no storage is attached to the Space. What a Dockerfile puts into /data is hidden as soon as storage is mounted there.",
        fix: "Create the file when the app starts if it is missing. Data that belongs to the app goes into the repository, or into a dataset repository that the app downloads.",
        rules: &["data-filled-at-build"],
        also: &["cache-below-data"],
        example: "FileNotFoundError: [Errno 2] No such file or directory: '/data/users.csv'",
        source: "https://huggingface.co/docs/hub/spaces-storage",
        ..Message::RAISED
    },
    Message {
        id: "supervisor-log-not-writable",
        patterns: &["PermissionError: [Errno 13] Permission denied: '/var/log/supervisor/{file}'"],
        cause: "supervisor writes its log below /var/log, which belongs to root.",
        fix: "Set `logfile=/dev/stdout` and `logfile_maxbytes=0` in supervisord.conf, and the same for each program.",
        rules: &["supervisor-needs-root"],
        example: "PermissionError: [Errno 13] Permission denied: '/var/log/supervisor/supervisord.log'",
        source: "https://supervisord.org/configuration.html",
        ..Message::RAISED
    },
    Message {
        id: "supervisor-needs-root",
        patterns: &["Error: Can't drop privilege as nonroot user"],
        cause: "supervisord.conf has `user=`, and only root may change the user.",
        fix: "Remove `user=` from supervisord.conf; everything runs as UID 1000.",
        rules: &["supervisor-needs-root"],
        example: "Error: Can't drop privilege as nonroot user",
        source: "https://supervisord.org/configuration.html",
        ..Message::RUN
    },
    Message {
        id: "supervisor-gave-up",
        weight: Weight::Follows,
        is_ambiguous: true,
        patterns: &["{}gave up: {program} entered FATAL state"],
        cause: "supervisor started the program {program} several times, and each time it ended at once. Why is in the program's own output.",
        fix: "Let supervisor print it: `stdout_logfile=/dev/stdout`, `stdout_logfile_maxbytes=0`, and the same for `stderr`. Exit status 127 means that `command=` was not found, 126 that it may not be executed.",
        example: "INFO gave up: web entered FATAL state, too many start retries too quickly",
        source: "https://supervisord.org/subprocess.html",
        ..Message::RUN
    },
    Message {
        id: "home-of-user-not-writable",
        patterns: &[
            "PermissionError: [Errno 13] Permission denied: '/home/{path}'",
            "Error: EACCES: permission denied, mkdir '/home/{path}'",
        ],
        cause: "/home/{path} belongs to root: it was made before `USER`, by `WORKDIR` or `COPY`, or the user has no home.",
        fix: "Create the user with a home (`useradd -m`), put `WORKDIR` and `COPY --chown=user` after `USER user`, and do not create folders below the home as root.",
        rules: &["user-without-home", "home-owned-by-root", "workdir-owned-by-root", "copy-owned-by-root"],
        example: "PermissionError: [Errno 13] Permission denied: '/home/user/app/cache'",
        source: "https://discuss.huggingface.co/t/permission-denied-when-writing-to-local-directory-even-after-factory-rebuild/169093",
        ..Message::RAISED
    },
    Message {
        id: "path-not-writable",
        patterns: &[
            "PermissionError: [Errno 13] Permission denied: '{path}'",
            "IsADirectoryError: [Errno 13] Permission denied: '{path}'",
        ],
        unless: &["Permission denied: '/data'", "Permission denied: '/data/"],
        cause: "The app may not write to `{path}`: it belongs to root, and the container runs as UID 1000.",
        fix: "Copy with `COPY --chown=user . .` after `USER user`, give that one folder to the user (`RUN mkdir -p X && chown user X`), or write below $HOME or /tmp.",
        rules: &["copy-owned-by-root", "workdir-owned-by-root", "missing-user"],
        example: "PermissionError: [Errno 13] Permission denied: 'uploads'",
        source: "https://discuss.huggingface.co/t/permission-denied-when-writing-to-local-directory-even-after-factory-rebuild/169093",
        ..Message::RAISED
    },
    Message {
        id: "folder-not-created",
        patterns: &[
            "mkdir: cannot create directory {path}: Permission denied",
            "mkdir: can't create directory {path}: Permission denied",
        ],
        cause: "UID 1000 may not create {path}: the folder above it belongs to root, or to nobody in the image.",
        fix: "Create it as root above the `USER` line and give it to the user (`mkdir -p X && chown user X`), or choose a folder below $HOME.",
        rules: &["mkdir-after-user", "home-owned-by-root", "home-unset-at-build"],
        example: "mkdir: cannot create directory ‘/data’: Permission denied",
        source: "own run of coreutils 9.1",
        ..Message::RUN
    },
    Message {
        id: "program-below-root",
        patterns: &[
            "{}: /root/.local/bin/{program}: Permission denied",
            "{}: /root/.cargo/bin/{program}: Permission denied",
            "{}: /root/.bun/bin/{program}: Permission denied",
            "{}: /root/.deno/bin/{program}: Permission denied",
        ],
        cause: "The program `{program}` was installed below /root, the home of root, which no other user may enter, and the container runs as UID 1000.",
        fix: "Install it after `USER user`, so that it comes below /home/user, or install it to /usr/local/bin.",
        rules: &["installed-for-root"],
        example: "/bin/sh: 1: /root/.local/bin/uvicorn: Permission denied",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "program-not-executable",
        patterns: &[
            "{}: {line}: {file}.sh: Permission denied",
            "{}: {file}.sh: Permission denied",
            "{}: deno: Permission denied",
            "{}: uv: Permission denied",
        ],
        cause: "UID 1000 may not execute the file: git has it without the executable bit, or it is below /root, which only root may enter.",
        fix: "Run `git update-index --chmod=+x FILE` and commit, or start a script as `sh FILE`; install programs to /usr/local/bin, or after `USER user`.",
        rules: &["script-not-executable", "installed-for-root", "start-needs-root"],
        example: "sh: 1: ./start.sh: Permission denied",
        source: "own run of dash 0.5",
        ..Message::RUN
    },
    Message {
        id: "file-not-created",
        patterns: &[
            "{}cannot create {path}: Permission denied",
            "touch: cannot touch {path}: Permission denied",
            "{}: line {line}: {path}: Permission denied",
            "tee: {path}: Permission denied",
            "cp: cannot create regular file {path}: Permission denied",
        ],
        cause: "UID 1000 may not write {path}: it belongs to root.",
        fix: "Write below $HOME or /tmp, or give the folder to the user above the `USER` line.",
        rules: &["copy-owned-by-root", "workdir-owned-by-root", "start-needs-root"],
        example: "touch: cannot touch '/x.txt': Permission denied",
        source: "own run of coreutils 9.1",
        ..Message::RUN
    },
    Message {
        id: "database-read-only",
        patterns: &[
            "sqlite3.OperationalError: attempt to write a readonly database",
            "OperationalError: attempt to write a readonly database",
            "SqliteError: attempt to write a readonly database",
            "OperationalError: (sqlite3.OperationalError) attempt to write a readonly database",
        ],
        cause: "The SQLite file or its folder belongs to root, and SQLite writes both.",
        fix: "Copy it with `COPY --chown=user`, or put the database below $HOME or /tmp; it is lost on a restart there.",
        rules: &["copy-owned-by-root", "workdir-owned-by-root"],
        example: "sqlite3.OperationalError: attempt to write a readonly database",
        source: "https://www.sqlite.org/rescode.html#readonly",
        ..Message::RAISED
    },
    Message {
        id: "database-not-opened",
        patterns: &[
            "sqlite3.OperationalError: unable to open database file",
            "OperationalError: (sqlite3.OperationalError) unable to open database file",
            "SqliteError: unable to open database file",
        ],
        cause: "The folder of the SQLite database does not exist, or belongs to root.",
        fix: "Create the folder when the app starts, below $HOME or /tmp; /data exists only with storage attached.",
        rules: &["workdir-owned-by-root", "data-filled-at-build", "copy-owned-by-root"],
        example: "sqlite3.OperationalError: unable to open database file",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "uid-without-name",
        patterns: &["KeyError: 'getpwuid(): uid not found: {uid}'"],
        cause: "UID {uid} has no entry in /etc/passwd, and a library asks for its name.",
        fix: "Create the user in the image (`RUN useradd -m -u 1000 user`), or set `ENV USER=user LOGNAME=user`.",
        rules: &["missing-user"],
        example: "KeyError: 'getpwuid(): uid not found: 1000'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "uid-without-name-in-node",
        patterns: &["{}uv_os_get_passwd returned ENOENT"],
        cause: "The user ID under which the container runs (1000 on the Hub) has no entry in /etc/passwd, and a package of Node asks for its name and home (`os.userInfo()`).",
        fix: "Create the user in the image (`RUN useradd -m -u 1000 user`, `USER user`), or use the user `node` of the `node` images; environment variables do not help here.",
        rules: &["missing-user"],
        example: "SystemError [ERR_SYSTEM_ERROR]: A system error occurred: uv_os_get_passwd returned ENOENT (no such file or directory)",
        source: "https://github.com/nodejs/node/issues/25714",
        ..Message::RUN
    },
    Message {
        id: "sudo-missing",
        patterns: &["{}: sudo: not found", "{}: sudo: command not found", "sudo: command not found"],
        cause: "The image has no `sudo`, and the container is never root.",
        fix: "Do in the Dockerfile, above `USER`, what needs root, and take `sudo` out of the start script.",
        rules: &["start-needs-root"],
        example: "sudo: command not found",
        source: "own run of bash 5.2",
        ..Message::RUN
    },
    Message {
        id: "systemd-missing",
        patterns: &["System has not been booted with systemd as init system"],
        cause: "A container has no systemd, so `systemctl` cannot start services.",
        fix: "Start the program itself in the foreground, or with supervisor.",
        rules: &["start-needs-root"],
        example: "System has not been booted with systemd as init system (PID 1). Can't operate.",
        source: "own run of systemd 252",
        ..Message::RUN
    },
    Message {
        id: "su-fails",
        patterns: &[
            "su: Authentication failure",
            "Password: su: Authentication failure",
            "su: must be suid to work properly",
            "su: must be run from a terminal",
        ],
        cause: "A command changes to root with `su`, and the user of the Dockerfile at that line has no password for it. `playwright install --with-deps` does that.",
        fix: "Move the command above the `USER` line; for Playwright, run `playwright install-deps` as root and `playwright install chromium` as the user.",
        rules: &["apt-after-user"],
        example: "su: Authentication failure",
        source: "https://github.com/microsoft/playwright",
        ..Message::BUILD
    },
];
