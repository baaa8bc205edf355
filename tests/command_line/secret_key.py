"""The secret key of passwords and second factors: made at the first start, wanted from then on, kept out of backups, changed; on both engines."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import postgresql

JIHENG = os.environ["JIHENG"]
PASSWORD = "Correct-horse-7"
faults = []


def expect(good, what):
    if not good:
        faults.append(what)
        print("FAULT:", what)


def jiheng(*arguments):
    return subprocess.run([JIHENG, *arguments], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)


used = {}  # secret → the half minute of its last code: each is good once


def code_of(secret):
    """A code that was not used yet: of the half minute before, the present one or the next, and if need be one waits for it."""
    step = max(used.get(secret, 0) + 1, int(time.time()) // 30 - 1)
    while step > int(time.time()) // 30 + 1:
        time.sleep(0.5)
    used[secret] = step
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Serving:
    """`jiheng serve` on a port of its own, or what it said instead."""

    def __init__(self, place, *more):
        self.process = subprocess.Popen([JIHENG, "serve", *place, "--listen", "127.0.0.1:0", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said, self.address = "", None
        while self.address is None:
            line = self.process.stdout.readline()
            if not line:
                break
            self.said += line
            found = re.search(r"绩衡已启动：(http://[^/]+)/", line)
            self.address = found and found.group(1)
        self.link = None
        if self.address:
            for line in iter(self.process.stdout.readline, ""):
                self.said += line
                found = re.search(r"setup\?link=(\w+)", line)
                self.link = found.group(1) if found else self.link
                if "Ctrl-C" in line:
                    break
        else:
            self.status = self.process.wait(60)
            self.error = self.process.stderr.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        self.process.stdout.close()
        self.process.stderr.close()

    def send(self, method, path, body=None, cookie=None):
        headers = {"Content-Type": "application/json"} | ({"Cookie": cookie} if cookie else {})
        request = urllib.request.Request(self.address + path, json.dumps(body or {}).encode(), headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None, (answer.headers.get("Set-Cookie") or "").split(";")[0]
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read()), ""

    def log_in(self, login, secret=None):
        status, _, cookie = self.send("POST", "/api/v1/session", {"login": login, "password": PASSWORD, "code": code_of(secret) if secret else ""})
        return status, cookie


def first_start(serving):
    """The three administrators with passwords; the second factor of the first of them."""
    body = {"link": serving.link, "bureau_code": "430212", "bureau": "渌口区财政局"}
    for role in ("system", "security", "audit"):
        body |= {f"{role}_login": role, f"{role}_name": f"{role}员"}
    status, links, _ = serving.send("POST", "/api/v1/setup", body)
    expect(status == 201, f"setup: {status} {links}")
    for role in ("system", "security", "audit"):
        expect(serving.send("POST", "/api/v1/links/password", {"link": links[f"{role}_link"], "password": PASSWORD})[0] == 200, f"password of {role}")
    _, cookie = serving.log_in("system")
    secret = serving.send("POST", "/api/v1/me/second-factor", {}, cookie)[1]["secret"]
    expect(serving.send("PUT", "/api/v1/me/second-factor", {"secret": secret, "code": code_of(secret)}, cookie)[0] == 204, "second factor")
    return secret


def refused(place, what, *more, says=()):
    with Serving(place, *more) as serving:
        expect(serving.address is None and serving.status == 4, f"{what}: served, or ended with another status; {serving.said}")
        for words in says:
            expect(words in getattr(serving, "error", ""), f"{what}: does not say {words}: {getattr(serving, 'error', '')}")


def starts(place, what, *more):
    with Serving(place, *more) as serving:
        expect(serving.address is not None, f"{what}: not served: {getattr(serving, 'error', '')}")


def enters(place, secret, what, *more):
    with Serving(place, *more) as serving:
        expect(serving.address is not None, f"{what}: not served: {getattr(serving, 'error', '')}")
        if serving.address:
            status, _ = serving.log_in("system", secret)
            expect(status == 204, f"{what}: nobody gets in ({status})")


def live(folder, database, other_database):
    data = folder / "data"
    place = ["--db", database, "--data", str(data)]
    key = data / "secret.key"
    with Serving(place) as serving:
        expect(key.stat().st_mode & 0o7777 == 0o600 and key.stat().st_size == 32, "the first start makes a key of 32 bytes and mode 0600")
        made = key.read_bytes()
        secret = first_start(serving)
    starts(place, "the second start")
    expect(key.read_bytes() == made, "a second start leaves the key as it is")
    checked = jiheng("admin", "key", "check", *place)
    expect(checked.returncode == 0 and "完好" in checked.stdout, f"check: {checked.stdout} {checked.stderr}")
    expect("没有要补的" in jiheng("admin", "key", "seal", *place).stdout, "nothing is left to seal")

    # Faults of the file.
    key.rename(folder / "apart.key")
    refused(place, "missing", says=("找不到", str(key), "放回", "admin key new"))
    expect(not key.exists(), "no other key is put in place of a missing one")
    starts(place, "elsewhere", "--key", str(folder / "apart.key"))
    key.write_bytes(made[:31])
    key.chmod(0o600)
    refused(place, "too short", says=("已损坏", "放回"))
    key.write_bytes(made)
    key.chmod(0o640)
    refused(place, "open to the group", says=("chmod 600",))
    key.chmod(0o600)
    key.write_bytes(made[::-1])
    refused(place, "another one", says=("不是这个数据库的", "放回", "admin key new"))
    expect(jiheng("admin", "key", "check", *place).returncode == 4, "check finds another key")
    key.unlink()
    key.mkdir()
    refused(place, "a folder", says=("不是普通文件",))
    key.rmdir()
    (folder / "apart.key").rename(key)

    # A backup does not hold it, and a machine without it says so.
    backup = folder / "all.backup"
    expect(jiheng("admin", "backup", *place, str(backup)).returncode == 0, "backup")
    expect(made not in backup.read_bytes() and b"argon2" not in backup.read_bytes() and secret.encode() not in backup.read_bytes(), "the backup holds a secret")
    elsewhere = ["--db", other_database, "--data", str(folder / "other")]
    restored = jiheng("admin", "restore", *elsewhere, str(backup))
    expect(restored.returncode == 0 and "还缺密钥" in restored.stdout, f"restore without the key: {restored.stdout} {restored.stderr}")
    refused(elsewhere, "restored without the key", says=("找不到", "放回"))
    expect("admin key new" in restored.stdout, "restore says what can be done")
    (folder / "other").mkdir(exist_ok=True)
    (folder / "other" / "secret.key").write_bytes(made)
    (folder / "other" / "secret.key").chmod(0o600)
    enters(elsewhere, secret, "restored with the key put there")

    # Changed: nobody notices; interrupted in the middle: running it again mends it.
    changed = jiheng("admin", "key", "new", *place)
    expect(changed.returncode == 0 and "3位人员的密码照旧，0位的作废" in changed.stdout, f"new: {changed.stdout} {changed.stderr}")
    former = [each for each in data.iterdir() if each.name.startswith("secret.key.")]
    expect(len(former) == 1 and former[0].read_bytes() == made and key.read_bytes() != made, "the former key is kept beside the new one")
    enters(place, secret, "after the change")
    key.rename(data / "secret.key.new")
    former[0].rename(key)
    refused(place, "a change that was interrupted", says=("admin key new",))
    again = jiheng("admin", "key", "new", *place)
    expect(again.returncode == 0 and "3位人员的密码照旧，0位的作废" in again.stdout, f"new again: {again.stdout} {again.stderr}")
    starts(place, "after the interrupted change")

    # Lost: passwords and second factors are void, links are given, all else stays.
    for each in data.glob("secret.key*"):
        each.unlink()
    lost = jiheng("admin", "key", "new", *place)
    links = re.findall(r"welcome\?link=(\w+)", lost.stdout)  # in the order of logins: audit, security, system
    expect(lost.returncode == 0 and len(links) == 3, f"new without the old one: {lost.stdout} {lost.stderr}")
    expect(jiheng("admin", "verify", *place).returncode == 0, "verify after all that")
    with Serving(place) as serving:
        expect(serving.log_in("system")[0] == 401, "the password is void")
        expect(serving.send("POST", "/api/v1/links/password", {"link": links[-1], "password": PASSWORD})[0] == 200, "the link lets one choose another")
        expect(serving.log_in("system")[0] == 204, "and log in")


def killed(folder):
    """Killed at any moment of the first start: there is no key, or a whole one, and the next start goes on with it."""
    chance = random.Random(20261126)
    for turn in range(12):
        data = folder / f"killed-{turn}"
        place = ["--db", f"sqlite:{data}/jiheng.db", "--data", str(data)]
        process = subprocess.Popen([JIHENG, "serve", *place, "--listen", "127.0.0.1:0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        # As soon as anything of the key shows, or some moment before.
        while turn % 3 and time.monotonic() < until and not list(data.glob("secret.key*")):
            pass
        time.sleep(chance.uniform(0, 0.2) if turn % 3 == 0 else chance.uniform(0, 0.002))
        process.kill()
        process.wait()
        key = data / "secret.key"
        made = key.read_bytes() if key.exists() else None
        expect(made is None or len(made) == 32, f"half a key after turn {turn}")
        with Serving(place) as serving:
            expect(serving.address is not None, f"no start after turn {turn}: {getattr(serving, 'error', '')}")
        expect(made in (None, key.read_bytes()), f"another key after turn {turn}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "sqlite").mkdir()
        live(folder / "sqlite", f"sqlite:{folder}/sqlite/data/jiheng.db", f"sqlite:{folder}/sqlite/other/jiheng.db")
        killed(folder)
        engines = "SQLite"
        if postgresql.installed():
            with postgresql.cluster() as new_database:
                (folder / "postgresql").mkdir()
                live(folder / "postgresql", new_database(), new_database())
            engines += " and PostgreSQL"
    print(f"secret key: on {engines}, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
