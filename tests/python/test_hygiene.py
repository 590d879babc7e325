"""The rules of csrc/README.md hold, and tools/check_layers.py would notice if one did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "tools" / "check_layers.py"


def check(root):
    """Run the checker as `make layers` does: its exit status, and the lines that it prints."""
    run = subprocess.run(
        [sys.executable, str(CHECKER), str(root)], capture_output=True, text=True, timeout=60
    )
    assert run.stderr == ""
    return run.returncode, run.stdout.splitlines()


@pytest.fixture
def copy(tmp_path):
    """A small tree that keeps every rule: base <- mem in the core, par and ext above them."""
    files = {
        "csrc/core/base.h": (
            "#ifndef CA_BASE_H\n#define CA_BASE_H\n"
            "#if defined(__GNUC__)\n#define CA_LIKELY(x) (x)\n#endif\n"
            "typedef struct ca_str {\n    const char *ptr;\n} ca_str;\n#endif\n"
        ),
        "csrc/core/mem.h": (
            "/* #if in a comment, static int too; */\n"
            '#ifndef CA_MEM_H\n#define CA_MEM_H\n#include "base.h"\n'
            "int ca_mem_do(ca_str a,\n              int (*stop)(void *));\n#endif\n"
        ),
        "csrc/core/mem.c": (
            '#include "mem.h"\n#include <stdlib.h>\n'
            "struct later;\n"
            "enum { SMALL = 1, LARGE = 2 };\n"
            "static const int sizes[] = {1, 2};\n"
            'static const char *const names[2] = {"static int x;", "b"};\n'
            "static int helper(int *x) {\n    static const int table[1] = {3};\n"
            "    int local = *x;\n    return local + table[0] + sizes[0] + LARGE;\n}\n"
            "int ca_mem_do(ca_str a, int (*stop)(void *)) {\n"
            "    int n = 0;\n    (void)a, (void)names;\n    return stop(&n) + helper(&n);\n}\n"
        ),
        "csrc/core/simd/kernels.c": "#ifdef __AVX2__\nstatic _Atomic(int *) chosen;\n#endif\n",
        "csrc/par/par.h": '#include "../core/base.h"\n',
        "csrc/par/par.c": '#include "par.h"\n#if 1\n#include <pthread.h>\n#endif\n',
        "csrc/ext/ext.h": "#include <Python.h>\nextern PyType_Spec ext_spec;\n",
        "csrc/ext/arrays.c": '#include "ext.h"\n#include <numpy/arrayobject.h>\n',
        "csrc/ext/module.c": (
            '#include "ext.h"\n#include "../core/mem.h"\n#include "../par/par.h"\n'
            "static PyMethodDef methods[] = {{NULL, NULL, 0, NULL}};\n#ifdef Py_mod_gil\n#endif\n"
            "static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_methods = methods};\n"
        ),
        "tests/c/test_mem.c": "int main(void) {\n    return 0;\n}\n",
        "tests/c/test_par.c": "int main(void) {\n    return 0;\n}\n",
        "python/coactor/_version.py": '__version__ = "7.8.9"\n',
        "setup.py": "setup()\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_tree_keeps_every_rule():
    status, lines = check(ROOT)
    assert lines == []
    assert status == 0


def test_a_tree_that_keeps_every_rule_passes(copy):
    assert check(copy) == (0, [])


# What is planted (appended to a file), and what the checker has to say of the file.
PLANTED = {
    "core_knows_no_python": ("csrc/core/mem.c", "#include <Python.h>", "knows no Python"),
    "core_knows_no_numpy": ("csrc/core/mem.h", "#include <numpy/npy_math.h>", "knows no Python"),
    "core_knows_no_files": ("csrc/core/mem.c", "#include <stdio.h>", "knows no system"),
    "core_knows_no_threads": ("csrc/core/mem.c", "#include <pthread.h>", "threads live in"),
    "core_knows_no_c11_threads": ("csrc/core/mem.c", "# include  <threads.h>", "threads live in"),
    "core_includes_no_ext": ("csrc/core/mem.c", '#include "../ext/ext.h"', "the core only"),
    "core_includes_no_par": ("csrc/core/mem.c", '#include "par/par.h"', "the core only"),
    "par_knows_no_python": ("csrc/par/par.c", "#include <Python.h>", "knows no Python"),
    "par_includes_no_ext": ("csrc/par/par.c", '#include "../ext/ext.h"', "core/base.h"),
    "ext_starts_no_threads": ("csrc/ext/module.c", "#include <pthread.h>", "threads live in"),
    "numpy_in_one_file": ("csrc/ext/module.c", "#include <numpy/arrayobject.h>", "arrays.c"),
    "the_arrow_points_one_way": ("csrc/core/mem.h", '#include "match.h"', "later stage"),
    "no_circles": ("csrc/core/base.h", '#include "mem.h"', "leads back here"),
    "if_in_the_core": ("csrc/core/mem.c", "#if 1", "conditional compilation"),
    "ifdef_in_ext": ("csrc/ext/arrays.c", "#ifdef A", "conditional compilation"),
    "second_guard": ("csrc/core/mem.h", "#ifndef OTHER", "conditional compilation"),
    "static_variable": ("csrc/core/mem.c", "static int counter;", "can change"),
    "static_with_value": ("csrc/core/mem.c", "static int counter = 1;", "can change"),
    "global_variable": ("csrc/core/mem.c", "long counter;", "can change"),
    "several_variables": ("csrc/core/mem.c", "static int a, b;", "can change"),
    "static_array": ("csrc/core/mem.c", "static int a[sizeof(int)] = {1};", "can change"),
    "changeable_pointers": ("csrc/core/mem.c", "static const char *n[] = {0};", "can change"),
    "static_struct": ("csrc/core/mem.c", "static struct later *later;", "can change"),
    "function_pointer": ("csrc/core/mem.c", "static int (*hook)(void);", "can change"),
    "static_in_function": (
        "csrc/core/mem.c",
        "int f(void) {\n    static int seen;\n    return ++seen;\n}",
        "can change",
    ),
    "static_object": ("csrc/ext/arrays.c", "static PyObject *cached = NULL;", "can change"),
    "second_version": ("setup.py", 'version = "7.8.9"', "states the version"),
}


@pytest.mark.parametrize("name", list(PLANTED))
def test_a_planted_violation_is_noticed(copy, name):
    file, text, why = PLANTED[name]
    (copy / "csrc/core/match.h").write_text("", encoding="utf-8")
    before = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(f"{before}{text}\n", encoding="utf-8")
    status, lines = check(copy)
    assert status == 1
    planted_line = len(before.splitlines()) + 1
    here = [line for line in lines if line.startswith(f"{file}:")]
    assert here, lines
    assert why in here[-1]
    assert int(here[-1].split(":", 1)[1].split(" ", 1)[0]) >= planted_line


def test_a_source_without_header_or_test_is_noticed(copy):
    shutil.copy(copy / "csrc/core/mem.c", copy / "csrc/core/lonely.c")
    assert check(copy) == (
        1,
        [
            "csrc/core/lonely.c:1 has no csrc/core/lonely.h",
            "csrc/core/lonely.c:1 has no tests/c/test_lonely.c",
        ],
    )


def test_a_circle_is_named_in_every_file_of_it(copy):
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (copy / f"csrc/core/{name}.h").write_text(f'#include "{other}.h"\n', encoding="utf-8")
    status, lines = check(copy)
    assert status == 1
    assert [line.split()[0] for line in lines] == [f"csrc/core/{name}.h:1" for name in "abc"]


def test_a_version_without_its_line_is_noticed(copy):
    (copy / "python/coactor/_version.py").write_text("version = 1\n", encoding="utf-8")
    status, lines = check(copy)
    assert status == 1
    assert lines == ['python/coactor/_version.py:1 has no line __version__ = "..."']


def test_the_changelog_has_an_entry_for_the_version():
    namespace = {}
    exec((ROOT / "python/coactor/_version.py").read_text(encoding="utf-8"), namespace)
    assert f"## [{namespace['__version__']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
