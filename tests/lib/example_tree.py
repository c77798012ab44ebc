#!/usr/bin/env python3
"""Examples of rules that are small trees: a line "-- file: PATH" stands before each file.

Instead of "file" it may be "base": as it is committed on the branch that the others are compared with; "unrelated": the
same, without a common history; "applied": as it was when it was applied to a database; "link": PATH -> where it leads.
A path that ends in "/" is an empty directory, and \\xNN a byte.
"""
import json
import os
import re
import subprocess

SECTION = re.compile(r"^-- (file|base|unrelated|applied|link): (.+)$")


def is_tree(text):
    return SECTION.match(text.split("\n", 1)[0]) is not None


def sections(text):
    """(kind, path, content) of each."""
    found = []
    for line in text.splitlines():
        match = SECTION.match(line)
        if match:
            found.append([*match.groups(), ""])
        else:
            found[-1][2] += line + "\n"
    return found


def write(directory, found, kinds):
    for kind, path, content in found:
        if kind not in kinds:
            continue
        path, _, target = path.partition(" -> ") if kind == "link" else (path, "", "")
        name = re.sub(rb"\\x(..)", lambda match: bytes([int(match[1], 16)]), path.encode())
        full = os.path.join(directory.encode(), name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if kind == "link":
            os.symlink(target, full)
        elif not path.endswith("/"):
            with open(full, "w") as file:
                file.write(content)


def git(directory, *words):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", directory, *identity, *words], check=True, capture_output=True)


def commit_base(directory, found, kind):
    """The branch "base", and where the others begin: there, or nowhere."""
    git(directory, "init", "-q", "-b", "base")
    write(directory, found, [kind])
    git(directory, "add", ".")
    git(directory, "commit", "-q", "-m", "base")
    if kind == "unrelated":
        git(directory, "checkout", "-q", "--orphan", "own")
    else:
        git(directory, "checkout", "-q", "-b", "own")
    git(directory, "commit", "-q", "--allow-empty", "-m", "own")


def has_server(skein):
    return subprocess.run([skein, "dev", "run", "--", "true"], capture_output=True).returncode == 0


def findings(skein, directory, text):
    """What validate finds in the tree."""
    found, command = sections(text), [skein, "validate", "--format", "json"]
    kinds = {kind for kind, _, _ in found}
    os.makedirs(directory)
    for kind in ("base", "unrelated"):
        if kind in kinds:
            commit_base(directory, found, kind)
            command += ["--base", "base"]
    if "applied" in kinds:
        write(directory, found, ["applied"])
        os.makedirs(os.path.join(directory, "now"))
        write(os.path.join(directory, "now"), found, ["applied", "file"])
        script = '"$0" up --yes >&2 && cp -R now/. . && exec "$0" validate --connected --format json'
        command = [skein, "dev", "run", "--", "sh", "-c", script, os.path.abspath(skein)]
    else:
        write(directory, found, ["file", "link"])
    result = subprocess.run(command, cwd=directory, capture_output=True, text=True, errors="replace")
    try:
        return json.loads(result.stdout)["findings"]
    except ValueError:
        return [{"rule": "no JSON", "severity": "error", "message": result.stderr.strip()}]
