"""Command lines that together call every command with `--json`, in an order that works."""

from __future__ import annotations

FILES = {
    "storyboard.yaml": 'storyboards: ["*.yaml"]\nlocales: [en, de]\n',
    "tour.yaml": "name: Tour\nscenes:\n  - id: hi\n    narration: Hello and welcome to our tour.\n",
    "plain.yaml": "name: Plain\nlocales: [en]\nscenes: [Hello and welcome to our other tour.]\n",
}

WITHOUT_STUDIO = (
    "init sample --json",
    "check --json",
    "check --format json",
    "explain --json",
    "explain narration-short --json",
    "explain locked --json",
    "show --json",
    "fmt --ids --check --json",
    "locale sync --json",
    "locale status --json",
    "locale status --check --json",
    "embed --partner-id 7 --json",
    "schema --json",
    "schema --update --json",
    "doctor --json",
    "lock status --json",
    "studio contract --json",
    "studio key --json",
    "studio token add ana --json",
    "studio token list --json",
    "studio token revoke --unused-days 1 --yes --json",
    "studio name database --json",
    "studio cache stats --json",
    "studio cache clean --json",
)

WITH_A_STUDIO = (
    "plan --json",
    "plan -o saved.plan.json --json",
    "apply saved.plan.json --yes --json",
    "apply --yes --json",
    "status --json",
    "wait --json",
    "outputs --json",
    "avatars --json",
    "pull --json",
    "doctor --json",
    "state list --json",
    "state show plain@en --json",
    "state pull --json",
    "state push pulled.json --force --json",
    "state copies --json",
    "state history --json",
    "state repair --json",
    "state mv plain@en simple --json",
    "state restore --force --json",
    "state rm tour@en --yes --json",
    "import tour@en VIDEO-ID --json",
    "export --all -o exported --json",
    "state adopt --json",
    "state rebuild --yes --force --json",
    "destroy --yes --allow-missing --json",
)
"""Each is called with `-e NAME` behind it."""

IN_A_STUDIO = (
    "studio fault add status --action video/add --status 503 --json",
    "studio fault list --json",
    "studio fault clear --json",
    "studio hold --json",
    "studio release --json",
    "studio clock --json",
    "studio clock --advance 60 --json",
    "studio seed seven --json",
    "studio seed --off --json",
    "studio snapshot save one --json",
    "studio snapshot list --json",
    "studio snapshot restore one --json",
    "studio snapshot delete one --json",
    "studio contract --json",
    "studio journal --json",
    "studio media list --json",
    "studio cache stats --json",
    "studio reset --yes --json",
)

ELSEWHERE = {
    "studio": "each studio of tests/unit/test_studio_commands.py is started so",
    "studio media add": "the same tests, with a file",
    "studio step": "the same tests, with a video",
    "studio pair": "tests/contract/test_pairing_again.py, with a place of files",
    "listen": "tests/story/test_everyday.py",
    "lock break": "needs a shared state",
    "ci comment": "needs a forge",
    "ci apply": "needs a forge and a merged pull request",
}
"""Commands that need more than a line, and where they are tried."""
