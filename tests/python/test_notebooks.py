"""The notebooks of examples/ run from top to bottom, and what their text says is what they find."""

import json
import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))

#: What holds at the end of each notebook: a claim of its text, and an expression in its variables.
CLAIMS = {
    "first_steps": {
        "the two powers meet most often": (
            "pairs.to_frame()[['a', 'b']].values[0].tolist() == ['USA', 'USSR']"
        ),
        "but as often as chance has it": "abs(pairs.to_frame()['lift'][0] - 1) < 0.05",
        "one pair is beyond doubt": (
            "tested[(tested['q'] < 0.05) & (tested['count'] > tested['expected'])]"
            "[['a', 'b']].values.tolist() == [['UK', 'FRANCE']]"
        ),
        "names within longer or opaque ones lose": (
            "set(mentions.shadowed()['rule']) == {'longer', 'opaque'}"
        ),
        "a score is taken apart": "len(corpus.explain('1948-berlin-blockade', lexicon)) > 2",
        "a page is written": "'</html>' in open('report.html', encoding='utf-8').read()",
    },
    "a_dyad_over_time": {
        "fewer than chance in the 1940s": "dyad.set_index('decade')['lift']['1940s'] < 1",
        "more than chance in the 1980s": "dyad.set_index('decade')['lift']['1980s'] > 1",
        "Moscow and Beijing part after the 1960s": (
            "(t := table[(table['a'] == 'USSR') & (table['b'] == 'CHINA')]"
            ".set_index('decade')['jaccard'])['1960s'] > max(t['1970s'], t['1980s'])"
        ),
        "too few documents are flagged": "'few_docs' in set(tested['flag'])",
        "some sentences have no hit": "verdicts['no hit'].sum() > 0",
        "words like and come up": "'and' in set(mentions.words('USA', 'USSR', top=10)['word'])",
    },
    "own_dictionary_and_lexicon": {
        "Security Council is listed twice": (
            "first.report.set_index('kind')['alias']['ambiguous'] == 'Security Council'"
        ),
        "US is found only in capitals": (
            "'us' not in set(corpus.mentions(first).to_frame()['text'])"
        ),
        "a newspaper is no government": (
            "'Washington' in set(lost[lost['rule'] == 'opaque']['text'])"
        ),
        "short names wait for full ones": "(lost['rule'] == 'short').any()",
        "China is missed": "'CHINA' in set(missed[~missed['actor'].isin(actors.ids)]['actor'])",
        "a heart attack is no attack": (
            "after['tone'][corpus.sentences()['text'].str.contains('heart attack')].isna().all()"
        ),
        "a sheet to code is written": "len(pd.read_csv('to_code.csv')) == 20",
    },
}


def test_every_notebook_has_claims():
    assert {path.stem for path in NOTEBOOKS} == set(CLAIMS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells if cell.outputs or cell.execution_count] == []
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs a notebook in a copy of examples/, by the kernel of this environment."""
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder)

    def run_there(notebook):
        resources = {"metadata": {"path": folder}}
        nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()

    return run_there


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_finds_what_it_says(path, run):
    claims = CLAIMS[path.stem]
    answers = ", ".join(f"{claim!r}: bool({truth})" for claim, truth in claims.items())
    asked = nbformat.v4.new_code_cell(f"import json; print(json.dumps({{{answers}}}))")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(asked)
    run(notebook)
    assert json.loads(notebook.cells[-1].outputs[-1].text) == dict.fromkeys(claims, True)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
