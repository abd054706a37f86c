//! Node packages below the root, alone and in a workspace.

use super::{APP, written};

const SERVER_AND_SITE: &str = r#"
```server/package.json
{"name": "server", "scripts": {"start": "node index.js"}, "dependencies": {"express": "5.1.0"}}
```

```server/index.js
require("express")().listen(7860, "0.0.0.0");
```

```client/package.json
{"name": "client", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "7.1.0"}}
```

```client/index.html
<p>Hello
```
"#;

#[test]
fn a_server_below_the_root_is_led_to_its_folder() {
    let workspace = written(SERVER_AND_SITE);
    let ran = workspace.run("init my-app --yes --app-file server/index.js");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("the app is a package of its own in `server`"), "{}", ran.shown());
    assert!(ran.stderr().contains("run `spaces-new init` in it"), "{}", ran.shown());
    assert_eq!(workspace.files(APP).len(), 4);
    workspace.run("init my-app/server --yes").ok();
}

/// The page that its build will make is no file yet.
#[test]
fn a_site_below_the_root_is_built_there_each_time() {
    let workspace = written(SERVER_AND_SITE);
    workspace.run("init my-app --yes --app-file client/dist/index.html").ok();
    let readme = String::from_utf8(workspace.files(APP)["README.md"].clone()).unwrap();
    let command = "app_build_command: sh -c 'cd client && npm install && npm run build'\n";
    assert!(readme.contains(command) && !readme.contains("\nnpm install"), "{readme}");
    for again in ["init my-app --yes", "update my-app"] {
        let ran = workspace.run(again).ok();
        assert!(ran.stdout().contains("nothing was written"), "{}", ran.shown());
    }
    workspace.run("check my-app").ok();
}

#[test]
fn a_package_that_needs_another_one_of_its_workspace_is_refused() {
    for (version, name) in [("workspace:*", "ui"), ("file:../../packages/ui", "@shop/ui"), ("*", "ui")] {
        let workspace = written(&format!(
            r#"
```package.json
{{"name": "shop", "private": true, "workspaces": ["apps/*", "packages/*"]}}
```

```packages/ui/package.json
{{"name": "ui"}}
```

```apps/web/package.json
{{"name": "web", "scripts": {{"build": "next build"}}, "dependencies": {{"next": "15.5.0", "{name}": "{version}"}}}}
```
"#
        ));
        let ran = workspace.run("init my-app --yes");
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        let why = format!("apps/web/package.json depends on `{name}`, another package of its repository");
        assert!(ran.stderr().contains(&why), "{}", ran.shown());
        if version != "*" {
            let ran = workspace.run("init my-app/apps/web --yes");
            assert_eq!(ran.code(), 2, "{}", ran.shown());
            assert!(ran.stderr().contains("write a Dockerfile at the root"), "{}", ran.shown());
        }
        // As it says
        workspace.write("my-app/Dockerfile", "FROM node:22-slim\nUSER node\nCMD [\"node\", \"apps/web/server.js\"]\n");
        workspace.run("init my-app --yes").ok();
    }
}
