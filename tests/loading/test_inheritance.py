"""What a record says of its own source and certainty holds for the verbs written on it."""

from kientruc.loading import load_text

TEXT = """\
format: kientruc/1
architecture: {id: a, name: A, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
sources:
  mau: {kind: plan, title: Mẫu}
  bao: {kind: press, title: Báo}
organisations:
  so: {name: Sở}
elements:
  mot-cua:
    kind: application
    name: Một cửa
    source: mau
    certainty: assumed
    uses: [lgsp]
    sends: {to: lgsp, source: bao, certainty: stated, over: mang}
  lgsp: {kind: platform, name: LGSP}
  mang: {kind: network, name: Mạng}
"""


def test_a_bare_verb_is_as_sure_as_its_record_and_one_with_its_own_words_as_those() -> None:
    loaded = load_text(TEXT)
    assert loaded.findings == ()
    assert loaded.architecture is not None
    found = {relation.verb.value: relation for relation in loaded.architecture.relations}
    assert (found["uses"].source, found["uses"].certainty.value) == ("mau", "assumed")
    assert (found["sends"].source, found["sends"].certainty.value) == ("bao", "stated")
    assert found["sends"].over == ("mang",)


def test_a_wrong_certainty_of_the_record_is_told_once() -> None:
    findings = load_text(TEXT.replace("certainty: assumed", "certainty: assummed")).findings
    assert [finding.code for finding in findings] == ["M-VALUE"]


def test_an_id_without_brackets_that_names_nothing_is_found() -> None:
    findings = load_text(TEXT.replace("over: mang", "over: mag")).findings
    assert [(finding.code, finding.values["near"]) for finding in findings] == [("M-REF", "mang")]


def test_a_component_and_an_element_of_one_id_each_pass_on_their_own() -> None:
    loaded = load_text(TEXT + "components: {mot-cua: {name: Một cửa, order: 1, source: bao, depends_on: lgsp}}\n")
    assert loaded.findings == () and loaded.architecture is not None
    found = {relation.verb.value: relation for relation in loaded.architecture.relations}
    assert (found["uses"].source, found["depends_on"].source) == ("mau", "bao")
