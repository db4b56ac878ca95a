"""Commits read from real repositories: nothing checked out, nothing followed out of the folder, every mistake told."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import KientrucError, UsageError
from kientruc.reading.git import Repository
from kientruc.reading.limits import Limits

ROOT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}}
include: [phần/*.yaml]
"""
PART = "elements: {a: {kind: application, name: Một cửa}}\n"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    **{"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    **{f"GIT_{who}_{what}": "x@x.invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def commit(folder: Path, files: dict[str, str]) -> str:
    for path, words in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits, the first tagged; the current folder."""
    folder = tmp_path / "kho"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "chinh")
    commit(folder, {"architecture.yaml": ROOT, "phần/a.yaml": PART})
    git(folder, "tag", "lan-1")
    commit(folder, {"phần/a.yaml": PART.replace("Một cửa", "Một cửa điện tử")})
    monkeypatch.chdir(folder)
    return folder


def names(old: str, new: str, at: str = "") -> list[tuple[str, object, object]]:
    """Compare; give id, before and after of each field that changed."""
    versions = api.open_versions(old, new, at)
    before, after = (one.loaded.architecture for one in versions)
    assert before is not None and after is not None
    records = api.diff(before, after).records
    return [(one.id, field.before, field.after) for one in records for field in one.fields]


def refused(old: str, new: str, at: str = "") -> UsageError:
    with pytest.raises(UsageError) as caught:
        api.open_versions(old, new, at)
    return caught.value


def test_tags_branches_hashes_and_files_are_compared(repository: Path) -> None:
    change = [("a", "Một cửa", "Một cửa điện tử")]
    short = git(repository, "rev-parse", "--short", "HEAD~1")
    for old in ("lan-1", "HEAD~1", short, "refs/tags/lan-1", "chinh^", "lan-1:architecture.yaml"):
        assert names(old, "architecture.yaml") == names(old, "chinh") == change
    assert names("chinh", ".") == []


def test_the_root_is_found_from_the_file_compared_with_or_by_at(repository: Path) -> None:
    commit(repository, {"du-an/architecture.yaml": ROOT, "du-an/phần/a.yaml": PART})
    git(repository, "mv", "du-an/architecture.yaml", "du-an/goc.yaml")
    commit(repository, {})
    assert names("HEAD", "du-an/goc.yaml") == []
    assert refused("HEAD~1", "du-an/goc.yaml").key == "git.no-path"
    assert names("HEAD~1", "du-an/goc.yaml", at="du-an/architecture.yaml") == []
    assert names("HEAD~1:du-an", "HEAD:du-an/goc.yaml") == []


def test_reading_touches_neither_index_nor_worktree_nor_runs_a_hook_or_a_program(repository: Path) -> None:
    ran = repository / "ran"
    program = repository / ".git" / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "uploadpack.packObjectsHook",
    ):
        git(repository, "config", setting, str(program))
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    git(repository, "config", "remote.origin.uploadpack", str(program))
    git(repository, "config", "filter.x.smudge", str(program))
    (repository / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    git(repository, "config", "diff.x.textconv", str(program))
    ran.unlink(missing_ok=True)
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*") if path.is_file()}
    assert names("lan-1", "chinh") == [("a", "Một cửa", "Một cửa điện tử")]
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*") if path.is_file()} == before
    assert not ran.exists()


def test_a_missing_object_is_never_fetched(repository: Path) -> None:
    ran = repository / "ran"
    program = repository / ".git" / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    blob = git(repository, "rev-parse", "lan-1:phần/a.yaml")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    git(repository, "config", "remote.origin.promisor", "true")
    with pytest.raises(KientrucError) as caught:
        api.open_versions("lan-1", "chinh")
    assert (caught.value.key, ran.exists()) == ("git.unreadable", False)


def test_a_ref_that_is_not_there_is_told_with_the_nearest(repository: Path) -> None:
    error = refused("lan-2", "chinh")
    assert (error.key, error.values["ref"]) == ("git.no-ref", "lan-2")
    assert "lan-1" in error.values["near"]
    assert refused("0123456789012345678901234567890123456789", "chinh").key == "git.no-ref"


@pytest.mark.parametrize("ref", ["-x", "--upload-pack=x", "a b", "a..b", "a\nb", "x*", "\x1b[31m", "@{-1", "x" * 300])
def test_what_is_no_ref_is_never_handed_to_git(ref: str, repository: Path) -> None:
    assert refused(ref, "chinh").key in ("git.bad-ref", "git.no-ref")


def test_a_branch_may_be_named_like_an_option_and_is_refused_unless_written_in_full(repository: Path) -> None:
    head = git(repository, "rev-parse", "HEAD")
    (repository / ".git" / "refs" / "heads" / "--output=x").write_text(f"{head}\n", encoding="utf-8")
    assert refused("--output=x", "chinh").key == "git.bad-ref"
    assert names("refs/heads/--output=x", "chinh") == []
    assert not (repository / "x").exists()


def test_a_name_of_both_a_branch_and_a_tag_is_ambiguous(repository: Path) -> None:
    git(repository, "branch", "lan-1", "HEAD")
    git(repository, "config", "core.warnAmbiguousRefs", "false")
    error = refused("lan-1", "chinh")
    assert (error.key, error.values["found"]) == ("git.ambiguous", "refs/heads/lan-1, refs/tags/lan-1")


def test_a_shallow_clone_says_that_it_is_one(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = git(repository, "rev-parse", "HEAD~1")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "can")
    monkeypatch.chdir(tmp_path / "can")
    assert [refused(ref, "HEAD").key for ref in (first, "HEAD~1")] == ["git.shallow"] * 2
    assert names("HEAD", ".") == []


@pytest.mark.parametrize(
    "path", ["../architecture.yaml", "/etc/passwd.yaml", "a/../../b.yaml", "a\\b.yaml", "a//b.yaml"]
)
def test_a_path_never_leaves_the_commit(path: str, repository: Path) -> None:
    assert refused(f"HEAD:{path}", "chinh").key == "git.bad-path"


def test_links_and_submodules_are_refused(repository: Path) -> None:
    (repository / "phần" / "b.yaml").symlink_to("/etc/hostname")
    linked = commit(repository, {})
    (repository / "phần" / "b.yaml").unlink()
    git(repository, "rm", "-rq", "--cached", "phần")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{linked},phần")
    git(repository, "commit", "-q", "-m", "x")
    found = api.open_versions(linked, "HEAD")
    assert [(one.loaded.findings[0].code, one.loaded.refused) for one in found] == [("I-LINK", True), ("I-TYPE", True)]


def test_the_limits_of_loading_hold_in_a_commit_too(repository: Path) -> None:
    big, many = Limits(file_bytes=100), Limits(total_bytes=200)
    for limits in (big, many):
        finding = api.open_versions("HEAD", "HEAD", limits=limits)[0].loaded.findings[0]
        assert (finding.code, finding.refused) == ("Y-SIZE", True)


def test_findings_of_a_commit_are_told_with_its_name(repository: Path) -> None:
    commit(repository, {"phần/a.yaml": "elements: {a: {kind: applicaton, name: A}}\n"})
    version, _ = api.open_versions("HEAD", "lan-1")
    assert version.loaded.architecture is None
    assert next(api.version_remarks(version, "vi", 10)).startswith("HEAD:phần/a.yaml:1:")


def test_without_a_repository_or_git_it_says_so(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused("HEAD", "HEAD").key == "git.no-repository"
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused("HEAD", "HEAD").key == "git.missing"


def test_the_environment_of_another_repository_leads_nowhere_else(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert names("lan-1", "chinh") == [("a", "Một cửa", "Một cửa điện tử")]


def test_names_in_a_commit_may_be_decomposed(repository: Path) -> None:
    git(repository, "mv", "phần", "pha\u0302\u0300n")
    git(repository, "commit", "-q", "-m", "x")
    assert names("HEAD", "chinh~1") == []


def test_a_bare_repository_can_be_read(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "tran.git")
    monkeypatch.chdir(tmp_path / "tran.git")
    assert Repository(Path()).prefix == ""
    assert names("lan-1", "chinh") == [("a", "Một cửa", "Một cửa điện tử")]
