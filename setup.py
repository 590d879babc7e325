"""The extension module; everything else about the package is in pyproject.toml.

Two switches in the environment serve its developers:
COACTOR_WERROR=1                      more warnings, and each of them an error
COACTOR_SANITIZE=address,undefined    build under sanitizers (or =thread); see `make asan-py`
"""

import os
import sys
import sysconfig
from glob import glob

import numpy
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

SOURCES = ("csrc/core/*.c", "csrc/core/simd/*.c", "csrc/par/*.c", "csrc/ext/*.c")
HEADERS = "csrc/**/*.h"
DEFINES = [
    ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
    ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),
]

# Floats must come out the same on every machine, hence no contraction of a*b+c. Nothing here is
# tuned to the machine that builds: faster instructions are chosen at run time.
UNIX = "-std=c11 -O3 -fvisibility=hidden -ffp-contract=off -Wall -Wextra -pthread".split()
HARDENED = "-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3".split()
STRICT = "-Wconversion -Wshadow -Werror".split()
MSVC = ["/std:c11", "/experimental:c11atomics", "/O2", "/fp:precise", "/W3"]


def unix_flags() -> tuple[list[str], list[str]]:
    """Flags of gcc and clang: for the compiler, for the linker."""
    compile_flags, link_flags = list(UNIX), ["-pthread"]
    sanitize = os.environ.get("COACTOR_SANITIZE")
    if sanitize:
        # The interpreter's own flags switch assert() off; a checked build wants it back.
        compile_flags += ["-UNDEBUG", "-O1", "-g", "-fno-omit-frame-pointer"]
        compile_flags += [f"-fsanitize={sanitize}", "-fno-sanitize-recover=all"]
        link_flags += [f"-fsanitize={sanitize}"]
    else:
        compile_flags += HARDENED
        if sys.platform.startswith("linux"):
            link_flags += ["-Wl,-z,relro,-z,now"]
    if os.environ.get("COACTOR_WERROR") == "1":
        # Python's and NumPy's own headers are not ours to judge.
        for folder in (sysconfig.get_path("include"), numpy.get_include()):
            compile_flags += ["-isystem", folder]
        compile_flags += STRICT
    return compile_flags, link_flags


class BuildExt(build_ext):
    """Only here is it known which compiler is at work."""

    def build_extensions(self) -> None:
        msvc = self.compiler.compiler_type == "msvc"
        flags = (MSVC, []) if msvc else unix_flags()
        for extension in self.extensions:
            extension.extra_compile_args, extension.extra_link_args = flags
        super().build_extensions()


core = Extension(
    "coactor._core",
    sources=sorted(path for pattern in SOURCES for path in glob(pattern)),
    depends=sorted(glob(HEADERS, recursive=True)),
    include_dirs=["csrc", numpy.get_include()],
    define_macros=DEFINES,
)

setup(package_dir={"": "python"}, ext_modules=[core], cmdclass={"build_ext": BuildExt})
