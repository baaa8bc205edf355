"""A throw-away PostgreSQL server on a socket in a temporary folder."""
import contextlib
import glob
import os
import pathlib
import pwd
import signal
import subprocess
import tempfile
import time


def installed():
    return bool(glob.glob("/usr/lib/postgresql/*/bin/postgres"))


@contextlib.contextmanager
def cluster():
    """Yields a function that makes an empty database and tells its address."""
    binaries = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    owner = pwd.getpwnam("postgres") if os.getuid() == 0 else None  # the server refuses to run as root

    def become():
        if owner:
            os.setgid(owner.pw_gid)
            os.setuid(owner.pw_uid)

    with tempfile.TemporaryDirectory(prefix="jiheng-pg-") as folder:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = f"{folder}/data"
        subprocess.run([binaries / "initdb", "-D", data, "-U", "jiheng", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
                       check=True, stdout=subprocess.DEVNULL, preexec_fn=become, cwd="/")
        server = subprocess.Popen([binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=64MB"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=become, cwd="/")
        number = 0

        def new_database():
            nonlocal number
            number += 1
            subprocess.run([binaries / "createdb", "-h", folder, "-U", "jiheng", f"t{number}"], check=True)
            return f"postgresql:///t{number}?host={folder}&user=jiheng"

        try:
            for _ in range(300):
                if subprocess.run([binaries / "pg_isready", "-q", "-h", folder, "-U", "jiheng"]).returncode == 0:
                    break
                time.sleep(0.1)
            yield new_database
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
