"""What `import coactor` brings along: NumPy, and nothing else that is not Python's own."""

import subprocess
import sys

#: What an interpreter that starts up may have loaded for its own reasons.
STARTUP = """
import sys
before = set(sys.modules)
import numpy
import coactor
loaded = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
loaded -= {name.partition(".")[0] for name in before}
print(*sorted(loaded))
"""


def run(script):
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_importing_coactor_imports_nothing_but_numpy():
    assert run(STARTUP) == ["coactor", "numpy"]


def test_importing_all_names_imports_nothing_more():
    assert run(STARTUP.replace("import coactor", "from coactor import *")) == ["coactor", "numpy"]


#: Slow to import, and needed only where they are used.
SLOW = {"asyncio", "multiprocessing", "sqlite3", "unittest", "urllib.request", "xml", "zipfile"}


def test_slow_modules_of_python_are_imported_where_they_are_used():
    script = f"""
import sys
import numpy
before = set(sys.modules)
import coactor
print(*sorted(({{*sys.modules}} - before) & {SLOW!r}))
"""
    assert run(script) == []


def test_vectorizers_import_scikit_learn_when_they_are_asked_for():
    asked = STARTUP.replace("import coactor", "import coactor\ncoactor.ToneVectorizer")
    assert "sklearn" in run(asked)


def test_without_scikit_learn_the_vectorizers_say_how_to_get_it():
    script = """
import sys
sys.modules["sklearn"] = None
import coactor
assert "ActorVectorizer" in dir(coactor)
try:
    from coactor import ActorVectorizer
except ImportError as error:
    print(error)
"""
    assert " ".join(run(script)) == (
        "ActorVectorizer and ToneVectorizer need scikit-learn: pip install 'coactor[sklearn]'"
    )


def test_ctrl_c_while_numpy_is_imported_is_no_import_error():
    script = """
import sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
try:
    import coactor
except KeyboardInterrupt:
    print("interrupted")
"""
    assert run(script) == ["interrupted"]
