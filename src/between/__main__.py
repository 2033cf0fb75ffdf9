"""``python -m between``: check that the app can start, say plainly what is in the way, then serve it."""

from __future__ import annotations

from between import quiet  # isort: skip  # first: switches every library's telemetry off

quiet.hush()

import socket
import sys
from pathlib import Path

from pydantic import ValidationError

from between import bootstrap
from between.errors import BetweenError, StoreUnwritable, UnknownSetting
from between.settings import Settings, read_settings

APP = Path(__file__).resolve().parents[2] / "app.py"


def main() -> int:
    """Serve until stopped; a non-zero code and one sentence when that is not possible."""
    try:
        settings = read_settings()
        check_folder(settings)
        check_port(settings)
        # Opened here, so that what is wrong with the database is said in one sentence and not in a server's log.
        bootstrap.use(bootstrap.House(settings))
    except ValidationError as wrong:
        return refuse(f"The setting BETWEEN_{str(wrong.errors()[0]['loc'][0]).upper()} is not valid.")
    except UnknownSetting as unknown:
        return refuse(f"{unknown.says} {unknown.name}")
    except StoreUnwritable:
        return refuse(
            f"The data folder {settings.data_dir} cannot be written to. Choose another with BETWEEN_DATA_DIR."
        )
    except BetweenError as refused:
        return refuse(refused.says)
    except OSError:
        return refuse(f"Port {settings.port} is in use by another program. Choose another with BETWEEN_PORT.")
    sys.stdout.write(f"Between is at http://localhost:{settings.port}\n")
    sys.stdout.flush()
    return serve(settings)


def check_folder(settings: Settings) -> None:
    """Make the data folder if it is not there, and try it."""
    if settings.database_url:
        return
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = settings.data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except OSError:
        raise StoreUnwritable from None


def check_port(settings: Settings) -> None:
    """Raises OSError when something listens there already."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", settings.port))


def serve(settings: Settings) -> int:
    """Hand over to Streamlit."""
    from streamlit.web import cli

    cli.main(
        ["run", str(APP), "--server.port", str(settings.port)], prog_name="streamlit", standalone_mode=False
    )
    return 0


def refuse(sentence: str) -> int:
    """One sentence, and a code that scripts can read."""
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
