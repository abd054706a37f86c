// Publishes a Space with the unmodified `@huggingface/hub`: node story_js.mjs PACKAGE FOLDER, where PACKAGE is its folder;
// the environment has HF_ENDPOINT and HF_TOKEN. FOLDER is changed. It has no calls for hardware, settings, stages and logs.
import { rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [, , installed, folder] = process.argv;
const hub = await import(pathToFileURL(`${installed}/dist/index.mjs`));
const common = { hubUrl: process.env.HF_ENDPOINT, accessToken: process.env.HF_TOKEN };
const repo = { type: "space", name: "tester/my-space" };

// It ignores no file, so it is told which ones
const paths = [".gitignore", "Dockerfile", "README.md", "app.py", "assets/empty.txt", "assets/picture.png", "assets/weights.bin", "old.txt"];
const operations = (paths) =>
  paths.map((path) => ({ operation: "addOrUpdate", path, content: pathToFileURL(`${folder}/${path}`) }));

await hub.whoAmI(common);
if (await hub.repoExists({ repo, ...common })) throw new Error("it exists already");
await hub.createRepo({ repo, sdk: "docker", visibility: "private", ...common });
await hub.createRepo({ repo, sdk: "docker", ...common }).then(
  () => { throw new Error("made twice"); },
  (error) => { if (error.statusCode !== 409) throw error; },
);
await hub.checkRepoAccess({ repo, ...common });

await hub.commit({ repo, title: "Publish", operations: operations(paths), useXet: false, ...common });
await hub.commit({ repo, title: "Publish again", operations: operations(paths), ...common });
await writeFile(`${folder}/app.py`, 'print("changed")\n');
await rm(`${folder}/old.txt`);
const info = await hub.spaceInfo({ name: repo.name, additionalFields: ["sha", "runtime"], ...common });
await hub.commit({
  repo,
  title: "Publish a change",
  parentCommit: info.sha,
  operations: [...operations(["app.py"]), { operation: "delete", path: "old.txt" }],
  ...common,
});
const files = [];
for await (const file of hub.listFiles({ repo, recursive: true, ...common })) files.push(file.path);
if (!files.includes("assets/weights.bin") || files.includes("old.txt")) throw new Error(files.join(" "));
