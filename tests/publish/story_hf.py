"""What the `hf` command does not do, with the Python API that it is made of: story_hf.py ID."""

import sys

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

(_, space) = sys.argv
api = HfApi()

info = api.repo_info(space, repo_type="space", revision="main", files_metadata=True)
assert api.list_repo_refs(space, repo_type="space").branches[0].target_commit == info.sha
assert api.list_repo_commits(space, repo_type="space")[0].commit_id == info.sha
paths = [row.path for row in api.list_repo_tree(space, recursive=True, repo_type="space")]
assert "assets/weights.bin" in paths and "old.txt" not in paths and ".env" not in paths, paths

api.add_space_secret(space, "API_KEY", "a-newer-secret", description="for the test")
api.add_space_variable(space, "THEME", "light", description="for the test")
api.update_repo_settings(space, repo_type="space", visibility="public")
unchanged = api.create_commit(
    space, [CommitOperationAdd("app.py", b'print("changed")\n')], commit_message="Nothing", repo_type="space"
)
assert unchanged.oid == info.sha
api.create_commit(
    space,
    [CommitOperationAdd("notes.txt", b"notes\n"), CommitOperationDelete("assets/empty.txt")],
    commit_message="With a parent",
    repo_type="space",
    parent_commit=info.sha,
)
