"""What the collector can be told, each as an argument or as `SPANHOUSE_<NAME>` in the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_MIB = 1024 * 1024


class CollectorSettings(BaseSettings):
    """Read once at start, passed down, never changed."""

    model_config = SettingsConfigDict(env_prefix="SPANHOUSE_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    """Address both doors bind."""
    otlp_grpc_port: int = Field(4317, ge=0, le=65535)
    """OTLP gRPC; 0 takes any free port."""
    otlp_http_port: int = Field(4318, ge=0, le=65535)
    """OTLP HTTP; 0 takes any free port."""
    data: Path = Path(".spanhouse")
    """Directory of the spool (`spool/`), the API keys and, when embedded, ClickHouse's files (`clickhouse/`)."""
    max_body_bytes: int = Field(64 * _MIB, gt=0)
    """Largest request, after decompression."""
    max_queue_bytes: int = Field(256 * _MIB, gt=0)
    """Requests waiting or being inserted; beyond it senders are told to come back."""
    max_batch_bytes: int = Field(32 * _MIB, gt=0)
    """Requests put into one INSERT."""
    writers: int = Field(2, ge=1, le=16)
    """INSERTs at a time."""
    min_free_disk_bytes: int = Field(256 * _MIB, ge=0)
    """Free space on the spool's disk below which requests are refused."""
    request_timeout_seconds: float = Field(30.0, gt=0)
    """How long a request waits for its INSERT before the sender is told to come back."""
    deduplication_seconds: float = Field(600.0, ge=0)
    """A request with the bytes of one accepted this recently is a retry: answered alike, not stored
    again. 0: never."""
    require_api_key: bool = False
    """Refuse requests without a known API key."""
    cors_origins: tuple[str, ...] = ()
    """Origins of web pages that may send, besides those on this machine (`*`: any)."""
    fsync: bool = False
    """Acknowledge only after fsync, to survive the loss of power as well as of the process; costs throughput."""
