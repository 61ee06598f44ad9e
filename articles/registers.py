"""Register rows → the engine's registers → the compiled version that every process loads.

A file in the engine's schema becomes rows (idempotent by key); rows become the same schema again, and that is what
is compiled, once per state of the rows."""

import hashlib
import json
import zlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Max

from .footnotes.annotate import Compiled, CompiledFormError, load_compiled
from .footnotes.registers import Problem, Registers, parse_registers, parse_usable
from .footnotes.statuses import NOTICED
from .models import CODES, Batch, Designation, Name, Organization, Register, RegisterVersion, Resource, Site
from .models.fields import all_printable

ENTRY_COLUMNS = ("kind", "surname", "not_beside")
PARTS = ("family", "given", "patronymic", "gender")
NAME_COLUMNS = ("text", "language", "strength", "inflection", "review")
RESOURCE_COLUMNS = ("kind", "value", "service", "number")
BATCH = 500  # rows of one INSERT
RELATED = ("designations__register", "resources__register")
ROWS = 2000  # rows read at a time


class NoRegisters(RuntimeError):
    """No register version has been made yet."""


def load_register_data(data: dict[str, Any]) -> list[Problem]:
    """Store a register file's dict as rows; what the file says of a key replaces what the rows said.

    Entries that the file does not name stay. Persons with a mistake are left out, and their mistakes returned. Raises
    RegisterFileError, with nothing stored, for a file with any other.
    """
    registers, problems = parse_usable(all_printable(data), persons_only=True)
    parsed = registers.to_dict()
    with transaction.atomic():
        stored = store_registers(parsed)
        store_organizations(parsed["organizations"], stored)
    return problems


def store_registers(parsed: dict[str, Any]) -> dict[str, Register]:
    order = {status: number for number, status in enumerate(parsed["status_order"])}
    stored = {}
    for entry in parsed["registers"]:
        position = order[entry["status"]]
        stored[entry["key"]], _created = Register.objects.update_or_create(
            key=entry["key"],
            defaults={
                "jurisdiction": entry["jurisdiction"],
                "status": entry["status"],
                **{f"title_{code}": entry["title"].get(code, "") for code in CODES},
                **{f"keeper_{code}": entry["keeper"].get(code, "") for code in CODES},
                "archive_policy": entry["policy"]["archive"],
                "lifted_policy": entry["policy"]["lifted"],
                "notes": entry["notes"],
                "own_notice": parsed.get("own_notice", {}) if entry["status"] == NOTICED else {},
                "position": position,
            },
        )
    return stored


def store_organizations(entries: list[dict[str, Any]], registers: dict[str, Register]) -> None:
    """Store organizations of a file with their names and designations in place of those they had, in few queries."""
    Organization.objects.bulk_create(
        [
            Organization(
                key=entry["key"],
                data={key: entry[key] for key in ("also_keys", "descriptor") if key in entry},
                **{column: entry[column] for column in ENTRY_COLUMNS if column in entry},
                **{part: entry["person"][part] or "" for part in PARTS if "person" in entry},
            )
            for entry in entries
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["data", "merged_into", *ENTRY_COLUMNS, *PARTS],
    )
    keys = [entry["key"] for entry in entries]
    stored = {organization.key: organization for organization in Organization.objects.filter(key__in=keys)}
    # By their ids: through the keys, PostgreSQL without statistics of rows just stored reads all names for each name.
    Name.objects.filter(organization__in=stored.values()).delete()
    Designation.objects.filter(organization__in=stored.values()).delete()
    Resource.objects.filter(organization__in=stored.values()).delete()
    Name.objects.bulk_create(
        [
            Name(
                organization=stored[entry["key"]],
                position=position,
                **{key: name[key] for key in NAME_COLUMNS if key in name},
                data={key: value for key, value in name.items() if key not in NAME_COLUMNS},
            )
            for entry in entries
            for position, name in enumerate(entry["names"])
        ],
        batch_size=BATCH,
    )
    Designation.objects.bulk_create(
        [
            Designation(
                organization=stored[entry["key"]],
                register=registers[item["register"]],
                designated_from=day(item["since"]),
                designated_until=day(item["until"]),
                source=item["source"],
            )
            for entry in entries
            for item in entry["designations"]
        ],
        batch_size=BATCH,
    )
    Resource.objects.bulk_create(
        [
            Resource(
                organization=stored[entry["key"]],
                **{key: item[key] for key in RESOURCE_COLUMNS if key in item},
                register=registers[item["register"]] if "register" in item else None,
            )
            for entry in entries
            for item in entry.get("resources", ())
        ],
        batch_size=BATCH,
    )
    follow_merged(entries, stored)


def follow_merged(entries: list[dict[str, Any]], stored: dict[str, Organization]) -> None:
    """Let the rows of the keys that an entry has taken over lead to it; what stood under them is the entry's now."""
    into = {key: stored[entry["key"]] for entry in entries for key in entry.get("also_keys", ())}
    merged = list(Organization.objects.filter(key__in=into)) if into else []
    if not merged:
        return
    for one in merged:
        one.merged_into = into[one.key]
    Organization.objects.bulk_update(merged, ["merged_into"], batch_size=BATCH)
    for model in (Name, Designation, Resource):
        model.objects.filter(organization__in=merged).delete()


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def restore(data: dict[str, Any]) -> None:
    """Make the rows what a register file says: as `load_register_data`, and entries it does not name go."""
    with transaction.atomic():
        load_register_data(data)
        keys = {entry["key"] for entry in data["organizations"]}
        gone = Organization.objects.exclude(key__in=keys)
        Designation.objects.filter(organization__in=gone).delete()
        Resource.objects.filter(organization__in=gone).delete()
        kept = Site.objects.filter(publisher__isnull=False).values("publisher")
        gone.filter(mentions=None, mentiondecision=None, merged=None).exclude(pk__in=kept).delete()
        named = {entry["key"] for entry in data["registers"]}
        Register.objects.exclude(key__in=named).filter(registerimport=None).delete()
        Site.objects.update(jurisdictions=data.get("jurisdictions", []))


def export_registers() -> dict[str, Any]:
    """Return all rows in the schema of the register file."""
    registers = list(Register.objects.order_by("position", "key"))
    organizations = Organization.objects.standing().order_by("key").prefetch_related("names", *RELATED)
    own_notice: dict[str, Any] = {}
    for register in registers:
        own_notice = own_notice or register.own_notice
    jurisdictions = sorted(Site.current().jurisdictions)
    return {
        **({"jurisdictions": jurisdictions} if jurisdictions else {}),
        "status_order": list(dict.fromkeys(register.status for register in registers)),
        "own_notice": own_notice,
        "registers": [exported_register(register) for register in registers],
        "organizations": [exported_organization(organization) for organization in organizations],
    }


def exported_register(register: Register) -> dict[str, Any]:
    return {
        "key": register.key,
        "jurisdiction": register.jurisdiction,
        "status": register.status,
        "title": {code: register.title(code) for code in CODES},
        "keeper": {code: register.keeper(code) for code in CODES},
        "policy": {"archive": register.archive_policy, "lifted": register.lifted_policy},
        "notes": register.notes,
    }


def exported_organization(organization: Organization) -> dict[str, Any]:
    return {
        "key": organization.key,
        **exported_person(organization),
        **organization.data,
        "names": [
            {key: getattr(name, key) for key in NAME_COLUMNS if getattr(name, key)} | name.data
            for name in organization.names.all()
        ],
        "designations": [
            {
                "register": designation.register.key,
                "since": designation.designated_from.isoformat() if designation.designated_from else None,
                "until": designation.designated_until.isoformat() if designation.designated_until else None,
                "source": designation.source,
            }
            for designation in organization.designations.all()
        ],
        **exported_resources(organization),
    }


def exported_resources(organization: Organization) -> dict[str, Any]:
    """Return what the register file says of an entry's resources; nothing where it has none."""
    resources = [
        {key: getattr(resource, key) for key in RESOURCE_COLUMNS if getattr(resource, key)}
        | ({"register": resource.register.key} if resource.register else {})
        for resource in organization.resources.all()
    ]
    return {"resources": resources} if resources else {}


def exported_person(organization: Organization) -> dict[str, Any]:
    """Return what the register file says of a person beyond the names; nothing of an organization."""
    if not organization.is_person:
        return {}
    more = {key: value for key in ("surname", "not_beside") if (value := getattr(organization, key))}
    parts = {part: getattr(organization, part) or None for part in PARTS}
    return {"kind": organization.kind, "person": parts, **more}


def compile_version(at: datetime) -> RegisterVersion:
    """Compile the rows as they are now, unless the newest version was made of the same; return that version.

    It is not in force before it is applied. Raises RegisterFileError when the rows cannot be compiled.
    """
    source = source_of_rows()
    newest = RegisterVersion.objects.defer("compiled", "source").order_by("-number").first()
    if newest is not None and newest.source_digest == hashlib.sha256(source).hexdigest():
        return newest
    return store_version(source, at)


def source_of_rows() -> bytes:
    """Return all rows as the JSON of a register file, the same bytes for the same rows."""
    return json.dumps(export_registers(), ensure_ascii=False, sort_keys=True).encode()


def state_of_rows() -> str:
    """Return the SHA-256 of all rows as they are stored: another one after any change, save when a list was checked.

    Cheap enough to be asked under a lock, which an export is not.
    """
    digest = hashlib.sha256()
    for model in (Register, Organization, Name, Designation, Resource):
        columns = [column.attname for column in model._meta.concrete_fields if column.name != "checked_at"]
        for row in model.objects.order_by("pk").values_list(*columns).iterator(chunk_size=ROWS):
            digest.update(repr(row).encode())
    digest.update(repr(sorted(Site.current().jurisdictions)).encode())
    return digest.hexdigest()


def store_version(source: bytes, at: datetime, **columns: Any) -> RegisterVersion:
    """Compile a register file's JSON and store it as the next version."""
    compiled = compiled_from(source)
    with transaction.atomic():
        last = RegisterVersion.objects.aggregate(last=Max("number"))["last"] or 0
        return RegisterVersion.objects.create(
            number=last + 1,
            source=zlib.compress(source, 6),
            source_digest=hashlib.sha256(source).hexdigest(),
            digest=hashlib.sha256(compiled).hexdigest(),
            compiled=compiled,
            organizations=len(json.loads(source)["organizations"]),
            created_at=at,
            **columns,
        )


def compiled_from(source: bytes) -> bytes:
    from .footnotes.compile import compile_registers  # loads the dictionary, only where something is compiled

    return compile_registers(parse_registers(json.loads(source)))


def renew_version(at: datetime) -> None:
    """Compile the version in force anew when this engine cannot load its bytes, as after an upgrade."""
    try:
        version = current_version()
    except NoRegisters:
        return
    try:
        load_compiled(stored_bytes(version.pk, version.digest))
    except CompiledFormError:
        source = zlib.decompress(bytes(version.source)) if version.source else source_of_rows()
        begin_version(store_version(source, at), at, reason="The engine's compiled form has changed.")


def refresh_version(at: datetime) -> RegisterVersion:
    """Compile the rows as they are now and put them in force; return the version in force.

    Raises RegisterFileError when the rows cannot be compiled; the version before stays in force.
    """
    version = compile_version(at)
    if version.applied_at is None:
        begin_version(version, at)
        drop_compiled()
    return version


@transaction.atomic
def begin_version(version: RegisterVersion, at: datetime, **columns: Any) -> None:
    """Let the version be in force from `at` on. Those that a clock that was ahead has put in force at a moment still to
    come count as older: else they would come after it until then, and for ever."""
    RegisterVersion.objects.filter(applied_at__gt=at).update(applied_at=at)
    RegisterVersion.objects.filter(pk=version.pk).update(applied_at=at, **columns)
    version.applied_at = at


def drop_compiled() -> None:
    """Drop the compiled bytes of versions that nothing goes by any more; their source stays.

    Kept are the newest one, the two applied last (a change may be taken back), and those of relabels not finished.
    """
    applied = RegisterVersion.objects.filter(applied_at__isnull=False).order_by("-applied_at", "-number")
    used = set(applied.values_list("pk", flat=True)[:2])
    used.update(RegisterVersion.objects.order_by("-number").values_list("pk", flat=True)[:1])
    for pair in Batch.objects.filter(finished_at=None).values_list("register_version", "previous_version"):
        used.update(pk for pk in pair if pk)
    old = RegisterVersion.objects.exclude(pk__in=used).exclude(source=b"").exclude(compiled=b"")
    old.update(compiled=b"")


def current_version() -> RegisterVersion:
    """Return the register version in force without its bytes; raise NoRegisters while there is none."""
    applied = RegisterVersion.objects.filter(applied_at__isnull=False).defer("compiled", "source")
    newest = applied.order_by("-applied_at", "-number").first()
    if newest is None:
        raise NoRegisters("No registers have been loaded: run `manage.py load_registers`.")
    return newest


def current_compiled() -> Compiled:
    """Return the engine's form of the newest version, loaded once per process and version."""
    version = current_version()
    return loaded(version.pk, version.digest)


def book_of(version: RegisterVersion) -> Registers:
    """Return the registers of a version without its forms: of its source, so that nothing has to be compiled."""
    source = RegisterVersion.objects.values_list("source", flat=True).get(pk=version.pk)
    if not source:  # a version of an older engine
        return loaded(version.pk, version.digest).registers
    return parse_registers(json.loads(zlib.decompress(bytes(source))))


@lru_cache(maxsize=4)
def loaded(pk: int, digest: str) -> Compiled:
    """Load the bytes of a version; only bytes whose digest stands in its row.

    Bytes that were dropped, or of an older engine, are compiled anew in memory, so that old versions can still be
    compared.
    """
    try:
        return load_compiled(stored_bytes(pk, digest))
    except CompiledFormError:
        source = RegisterVersion.objects.values_list("source", flat=True).get(pk=pk)
        return load_compiled(compiled_from(zlib.decompress(bytes(source))))


def stored_bytes(pk: int, digest: str) -> bytes:
    """Return the bytes of a version, none once they were dropped; raise RuntimeError when the digest is another's."""
    compiled = bytes(RegisterVersion.objects.values_list("compiled", flat=True).get(pk=pk))
    if compiled and hashlib.sha256(compiled).hexdigest() != digest:
        raise RuntimeError(f"The compiled registers of version {pk} do not have the digest of their row.")
    return compiled
