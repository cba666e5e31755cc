"""Names a place of a state in an object store: a bucket, and what its objects begin with.

The host is never part of it: that is the store's own, or one that the operator's variables name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storyboard.buckets.stores import ObjectStore, is_bucket, is_prefix, store_of
from storyboard.shell import word
from storyboard.state.blobs import STATE
from storyboard.state.place_refused import PlaceRefused

_SHAPE: Final = "write it as s3://BUCKET/PROJECT/ENVIRONMENT, in letters, digits, '-', '_' and '.'"


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """Where the state is: below a prefix of a bucket; raises `PlaceRefused` for what is none."""

    store: ObjectStore
    bucket: str
    prefix: str

    def __post_init__(self) -> None:
        if not is_bucket(self.bucket):
            said = f"'{self.bucket}' in the state '{self}' is not the name of a {self.store.bucket}"
            raise PlaceRefused(said, _SHAPE)
        if not self.prefix:
            said = f"the state '{self}' names no place in the {self.store.bucket}"
            raise PlaceRefused(said, f"another project would get the same one; {_SHAPE}")
        if not is_prefix(self.prefix):
            raise PlaceRefused(f"'{self.prefix}' in the state '{self}' is not a prefix", _SHAPE)

    @classmethod
    def parse(cls, text: str) -> BucketPlace | None:
        """Read `s3://bucket/prefix`; None for an address of another kind."""
        found = store_of(text)
        if found is None:
            return None
        store, rest = found
        if "@" in rest:
            raise PlaceRefused(
                "the address of the state has a user name or password before '@'",
                "write the address without it; credentials have variables of their own",
            )
        bucket, _, prefix = rest.partition("/")
        return cls(store, bucket, prefix.rstrip("/"))

    def key(self, name: str) -> str:
        """Return the whole key of a blob's object; all of them begin with `state`.

        So a prefix that holds something else too keeps what is called `lock.json` there.
        """
        return f"{self.prefix}/{name if name == STATE else f'{STATE}.{name}'}.json"

    def __str__(self) -> str:
        return f"{self.store.value}://{self.bucket}/{self.prefix}"

    @property
    def history(self) -> str:
        """How earlier states are listed, where the bucket keeps them, and one is taken back."""
        key = self.key(STATE)
        match self.store:
            case ObjectStore.S3:
                listed = (
                    f"aws s3api list-object-versions --bucket {word(self.bucket)} "
                    f"--prefix {word(key)}"
                )
            case ObjectStore.GCS:
                listed = f"gcloud storage ls --all-versions {word(f'gs://{self.bucket}/{key}')}"
            case ObjectStore.AZURE:
                listed = (
                    f"az storage blob list --container-name {word(self.bucket)} "
                    f"--prefix {word(key)} --include v"
                )
        return (
            f"a {self.store.bucket} with versioning keeps earlier ones: {listed}; save one as FILE "
            "and go back: storyboard state push FILE --force"
        )
