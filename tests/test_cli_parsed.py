"""What the parser of arguments refuses: told in the user's language, with what is allowed, and nothing in English."""

import pytest

from kientruc.cli import run

REFUSED = {
    "view": ("Thiếu NAME. Xem: kientruc view --help", "NAME is missing. See: kientruc view --help"),
    "keys new": ("Thiếu -o / --out.", "-o / --out is missing."),
    "keys nw": (
        "Không có lệnh “nw”. Có phải “new”? Các lệnh: new.",
        "command “nw”. Did you mean “new”? Commands: new.",
    ),
    "veiw": ("Không có lệnh “veiw”. Có phải “view”?", "There is no command “veiw”. Did you mean “view”?"),
    "deck --acess public": ("“--acess”. Có phải “--access”?", "option “--acess”. Did you mean “--access”?"),
    "verify x.zip -k": ("không có tùy chọn “-k”. Các tùy chọn: --format,", "no option “-k”. Options: --format,"),
    "check --on": ("Thiếu giá trị sau --on.", "A value is missing after --on."),
    "verify x.zip --rerun=no": ("--rerun không nhận giá trị", "--rerun takes no value"),
    "views a.yaml b.yaml": ("Thừa: b.yaml.", "Too many words: b.yaml."),
    "review a -o b --workers two": ("--workers: “two” không dùng được. Viết một số nguyên từ 0 trở lên.", "from 0 up."),
    "review a -o b --seconds 0": ("--seconds: “0” không dùng được. Viết một số nguyên từ 1 trở lên.", "from 1 up."),
    "portfolio a -o b --jobs 65": ("“65” không dùng được. Viết một số nguyên từ 1 đến 64.", "from 1 to 64."),
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_the_parser_refuses_is_one_sentence_in_both_languages(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, words in zip(("vi", "en"), REFUSED[line], strict=True):
        monkeypatch.setenv("KIENTRUC_LANG", lang)
        assert run(line.split()) == 2
        told = capsys.readouterr()
        assert words in told.err
        assert told.err.count("\n") == 1 and told.out == ""
        assert lang == "en" or not {"No", "Missing", "Invalid", "Got"} & set(told.err.split())


def test_a_command_alone_shows_its_help_and_calls_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Usage: kientruc keys ") and "Tạo một cặp khóa" in told


def test_a_language_that_is_not_there_is_told_in_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["views", "--lang", "fr"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "Không có ngôn ngữ “fr”. Dùng: vi hoặc en.",
        "There is no language “fr”. Use vi or en.",
    ]
